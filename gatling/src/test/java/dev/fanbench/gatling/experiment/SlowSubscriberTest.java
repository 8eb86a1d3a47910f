package dev.fanbench.gatling.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.options.Options;
import dev.fanbench.gatling.options.TargetChoice;
import dev.fanbench.measurement.change.Change;
import dev.fanbench.measurement.change.ComparedSide;
import dev.fanbench.measurement.change.Metric;
import dev.fanbench.measurement.change.RatioInterval;
import dev.fanbench.measurement.change.RunComparison;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.RecordedPhase;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.workload.Phase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * One of many subscribers stops reading: what the target keeps for it, and what the others feel, as
 * {@code ab} would say it. Takes two to three minutes, and needs a machine of its own.
 */
@Tag("soak")
@Timeout(180)
class SlowSubscriberTest {
  private static final int MEMORY_SECONDS = 15;
  private static final int TIME_SECONDS = 6;
  private static final int PAIRS = 5;
  private static final String ONE_DOES_NOT_READ = ", slow = 1";

  /** The bound on what waits for one subscriber is 1 MB; the allocator grows by chunks of 4 MB. */
  private static final double MOST_BYTES_MORE = 8 << 20;

  private static final double MOST_BYTES = 512 << 20;

  /** The others may wait for this much longer, with a confidence of 99.5 %. */
  private static final double MOST_TIMES = 1.25;

  @TempDir Path directory;

  /** There are 22 MB for each subscriber, warm-up included, more than sockets hold. */
  @Test
  void memoryStaysBoundedAtTwoHundredPublicationsASecond() throws Exception {
    RecordedRun without = measure("without", 249, MEMORY_SECONDS, 200, 6_144, "");
    RecordedRun with = measure("with", 249, MEMORY_SECONDS, 200, 6_144, ONE_DOES_NOT_READ);

    double direct = counter(with, "direct.usedBytes");
    double more = direct - counter(without, "direct.usedBytes");
    assertTrue(more <= MOST_BYTES_MORE, () -> more + " bytes more direct memory");
    double all = direct + counter(with, "heap.usedBytes");
    assertTrue(all <= MOST_BYTES, () -> all + " bytes");
    System.out.printf("with it %,.0f bytes, %,.0f more of them direct%n", all, more);
  }

  /** A hundred members, so that load and target have cores to spare. */
  @Test
  void theOthersDoNotFeelIt() throws Exception {
    List<RecordedRun> without = new ArrayList<>();
    List<RecordedRun> with = new ArrayList<>();
    for (int pair = 0; pair < PAIRS; pair++) {
      // A B B A, so that a machine that drifts favours neither.
      if (pair % 2 == 0) {
        without.add(measure("a" + pair, 99, TIME_SECONDS, 50, 16_384, ""));
        with.add(measure("b" + pair, 99, TIME_SECONDS, 50, 16_384, ONE_DOES_NOT_READ));
      } else {
        with.add(measure("b" + pair, 99, TIME_SECONDS, 50, 16_384, ONE_DOES_NOT_READ));
        without.add(measure("a" + pair, 99, TIME_SECONDS, 50, 16_384, ""));
      }
    }

    Change change =
        RunComparison.between(
                new ComparedSide("all members read", without),
                new ComparedSide("one does not", with),
                Optional.of(Metric.parse("p50.lastDelivery@fanout-99")),
                1)
            .targets()
            .get(0)
            .decides();
    System.out.println(change.sentence());
    RatioInterval ratio = change.ratio().orElseThrow(() -> new AssertionError(change.sentence()));
    assertTrue(ratio.low() <= 1, change::sentence);
    assertTrue(ratio.high() <= MOST_TIMES, change::sentence);
  }

  private RecordedRun measure(
      String name, int subscribers, int seconds, int rate, int payloadBytes, String background)
      throws Exception {
    Options options =
        ExperimentInTest.options(
            Files.createDirectories(directory.resolve(name)),
            "netty",
            """
            warmUp = 3s, payloadBytes = %d
            fanout = [ { subscribers = %d, count = %d, rate = %d%s } ]
            """
                .formatted(payloadBytes, subscribers, seconds * rate, rate, background));
    RecordedRun run =
        ExperimentInTest.measured(TargetChoice.named(options.home(), "netty"), options).whole();
    assertEquals(0, result(run).deliveryCount().missing());
    boolean slow = counter(run, "drops.slow") > 0;
    assertEquals(!background.isEmpty(), slow, "copies withheld: " + counter(run, "drops.slow"));
    return ofTheOthers(run);
  }

  /** What is compared is the same on both sides: what the others were offered. */
  private static RecordedRun ofTheOthers(RecordedRun run) {
    return new RecordedRun(
        run.directory(),
        run.run(),
        run.phases().stream().map(SlowSubscriberTest::ofTheOthers).toList());
  }

  private static RecordedPhase ofTheOthers(RecordedPhase recorded) {
    PhaseResult result = recorded.result();
    Phase offered = result.phase();
    Phase others =
        new Phase(
            offered.name().replace(offered.background().suffix(), ""),
            offered.kind(),
            offered.subscribers(),
            offered.rooms(),
            offered.count(),
            offered.ratePerSecond(),
            offered.warmUp());
    PhaseResult asOffered =
        new PhaseResult(
            others,
            result.startNanos(),
            result.endNanos(),
            result.achievedPerSecond(),
            result.deliveryCount(),
            result.undelivered(),
            result.target(),
            result.load());
    return new RecordedPhase(asOffered, recorded.series(), recorded.arrivals());
  }

  private static double counter(RecordedRun run, String name) {
    return result(run).target().counters().get(name);
  }

  private static PhaseResult result(RecordedRun run) {
    return run.measured().get(0).result();
  }
}
