package dev.fanbench.gatling.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.options.Options;
import dev.fanbench.gatling.options.TargetChoice;
import dev.fanbench.gatling.target.Pinning;
import dev.fanbench.gatling.target.Target;
import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.PercentileInterval;
import dev.fanbench.measurement.run.PercentileTable;
import dev.fanbench.measurement.run.PercentileValue;
import dev.fanbench.measurement.run.RecordedPhase;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.RunReader;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.Validity.Verdict;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Four load processes find the time to last delivery that one process finds for the same room. */
@Tag("soak")
@Timeout(600)
class ShardAgreementTest {
  private static final int ROUNDS = 4;
  private static final int SHARDS = 4;
  private static final int SUBSCRIBERS = 10_000;
  private static final int COUNT = 60;
  private static final String FANOUT =
      """
      warmUp = 3s, warmUpLimit = 10s, drain = 5s, payloadBytes = 64, arrivals = poisson, seed = 1
      fanout = [ { subscribers = %d, count = %d, rate = 2 } ]
      """
          .formatted(SUBSCRIBERS, COUNT);

  @TempDir private Path directory;

  @Test
  void fourProcessesMeasureWhatOneMeasures() throws Exception {
    Options started =
        ExperimentInTest.options(
            directory, "netty", "fanout = [ { subscribers = 1, count = 1, rate = 1 } ]");
    TargetChoice choice = started.targets().get(0);
    int agreed = 0;
    try (Target target = Target.start(choice, started, Pinning.off("test"))) {
      // The server compiles meanwhile; this round is not compared.
      lastDelivery(target.url(), "warm", 1);
      for (int round = 0; round < ROUNDS; round++) {
        PercentileTable one = lastDelivery(target.url(), "one" + round, 1);
        PercentileTable four = lastDelivery(target.url(), "four" + round, SHARDS);
        PercentileInterval interval = one.at(Percentile.P50).interval();
        long median = ((PercentileValue.Time) four.at(Percentile.P50)).nanos();
        boolean inside = interval.lowNanos() <= median && median <= interval.highNanos();
        agreed += inside ? 1 : 0;
        System.out.printf(
            "one process %s, four %s, inside: %s%n",
            one.at(Percentile.P50).text(), four.at(Percentile.P50).text(), inside);
      }
    }
    assertTrue(agreed >= ROUNDS - 1, "they agreed in " + agreed + " of " + ROUNDS);
  }

  /** The time to last delivery, after all deliveries were found to be there. */
  private PercentileTable lastDelivery(URI url, String name, int processes) throws Exception {
    RecordedRun run = measure(url, directory.resolve(name), processes);
    RecordedPhase phase = run.phase("fanout-" + SUBSCRIBERS);
    DeliveryCount deliveries = phase.result().deliveryCount();
    assertEquals(Verdict.VALID, run.run().validity().verdict());
    assertEquals((long) COUNT * SUBSCRIBERS, deliveries.delivered());
    assertTrue(deliveries.clean(), deliveries::toString);
    return phase.series(Series.LAST_DELIVERY).orElseThrow().percentiles();
  }

  private static RecordedRun measure(URI url, Path directory, int processes) throws Exception {
    int port = freePort();
    List<ForkedLoad> loads = new ArrayList<>();
    try {
      for (int shard = 0; shard < processes; shard++) {
        Path own = Files.createDirectories(directory.resolve(String.valueOf(shard)));
        String[] settings =
            processes == 1
                ? new String[] {"pin=off"}
                : new String[] {
                  "pin=off", "shard=" + shard + "/" + processes, "peers=127.0.0.1:" + port
                };
        loads.add(ForkedLoad.start(own, url, FANOUT, settings));
      }
      for (ForkedLoad load : loads) {
        assertEquals(0, load.exitCode(), load::said);
      }
      Path written = loads.get(0).written(processes == 1 ? "" : "-shards").orElseThrow();
      return RunReader.read(written);
    } finally {
      loads.forEach(ForkedLoad::close);
    }
  }

  private static int freePort() throws IOException {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return any.getLocalPort();
    }
  }
}
