package dev.fanbench.gatling.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.options.Options;
import dev.fanbench.gatling.options.TargetChoice;
import dev.fanbench.gatling.target.Pinning;
import dev.fanbench.gatling.target.Target;
import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.PercentileInterval;
import dev.fanbench.measurement.run.PercentileTable;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.Series;
import java.net.URI;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two tools agree: fanbench, and a client in C that shares no line with it, in turn in front of one
 * running in-memory server. Both time each publication from its intended time to its last delivery.
 *
 * <p>Each tool has an interval for each percentile, by order statistics at 99 %. In a round the
 * tools agree when their intervals overlap. They must in all rounds but one, as the machine itself
 * changes between two turns. Needs a machine of its own, and gcc.
 */
@Tag("soak")
@Timeout(180)
class AgreementTest {
  private static final int ROUNDS = 5;
  private static final int SUBSCRIBERS = 100;
  private static final int COUNT = 400;
  private static final int RATE = 100;
  private static final List<Percentile> RANKS = List.of(Percentile.P50, Percentile.P90);

  @TempDir Path directory;

  @Test
  void twoToolsAgreeOnTheTimeToLastDelivery() throws Exception {
    Path other = OtherClient.compiled(directory, "agreement");
    Options started = ExperimentInTest.options(directory, "netty", phase());
    TargetChoice choice = TargetChoice.named(started.home(), "netty");
    Map<Percentile, Integer> agreed = new EnumMap<>(Percentile.class);
    try (Target target = Target.start(choice, started, Pinning.off("test"))) {
      // Both warm the server up, and are not compared.
      fanbench(target.url());
      other(other, target.url(), "warm");
      for (int round = 0; round < ROUNDS; round++) {
        PercentileTable ours = fanbench(target.url());
        PercentileTable others = other(other, target.url(), "round" + round);
        for (Percentile rank : RANKS) {
          PercentileInterval our = ours.at(rank).interval();
          PercentileInterval their = others.at(rank).interval();
          boolean overlap =
              our.lowNanos() <= their.highNanos() && their.lowNanos() <= our.highNanos();
          agreed.merge(rank, overlap ? 1 : 0, Integer::sum);
          System.out.printf(
              "%s: fanbench %s, other %s, agree: %s%n",
              rank.label(), our.text(), their.text(), overlap);
        }
      }
    }
    for (Percentile rank : RANKS) {
      assertTrue(agreed.get(rank) >= ROUNDS - 1, rank.label() + " agreed in " + agreed.get(rank));
    }
  }

  private PercentileTable fanbench(URI url) throws Exception {
    Options options = ExperimentInTest.options(directory, url.toString(), phase());
    RecordedRun run = ExperimentInTest.of(options.targets().get(0), options).whole();
    assertEquals(List.of(), run.run().validity().reasons());
    return run.phase("fanout-" + SUBSCRIBERS)
        .series(Series.LAST_DELIVERY)
        .orElseThrow()
        .percentiles();
  }

  private static PercentileTable other(Path program, URI url, String room) throws Exception {
    Histogram last = new Histogram(1, TimeUnit.HOURS.toNanos(1), 3);
    try (OtherClient client = OtherClient.join(program, url, SUBSCRIBERS, COUNT, RATE, room)) {
      client.begin();
      client.end().forEach(last::recordValue);
    }
    assertEquals(COUNT, last.getTotalCount());
    return PercentileTable.of(last);
  }

  private static String phase() {
    return "fanout = [ { subscribers = %d, count = %d, rate = %d } ]"
        .formatted(SUBSCRIBERS, COUNT, RATE);
  }
}
