package dev.fanbench.gatling.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.faulty.Fault;
import dev.fanbench.gatling.faulty.FaultyTarget;
import dev.fanbench.gatling.faulty.ScriptListener;
import dev.fanbench.gatling.options.Options;
import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.SloVerdict;
import dev.fanbench.measurement.run.Validity;
import dev.fanbench.reports.ReportWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The early end of a run by a threshold, against a target that takes 15 ms for each message. */
@Timeout(60)
class AbortTest {
  private static final int PUBLICATIONS = 2_000;
  private static final Fault SLOW =
      new Fault.Scripted(
          Collections.nCopies(PUBLICATIONS, Duration.ofMillis(15)),
          new ScriptListener() {
            @Override
            public void arrived(int index) {}

            @Override
            public void handled(int index, long tookNanos) {}
          });

  @TempDir Path directory;

  @Test
  void aThresholdThatIsMissedForCertainEndsTheRun() throws Exception {
    try (FaultyTarget target = FaultyTarget.start(SLOW)) {
      ExperimentInTest run =
          run(
              target,
              "label = my_server, abortOn = slo, slo = [\"p99.lastDelivery<2ms\"],"
                  + " fanout = [ { subscribers = 2, count = %d, rate = 50 } ]"
                      .formatted(PUBLICATIONS));
      RecordedRun recorded = run.whole();

      SloVerdict lost = recorded.run().slos().get(0);
      assertEquals(SloVerdict.Decision.MISSED, lost.decision());
      assertTrue(
          lost.observed()
              .matches(
                  "p99 [0-9.]+ m?s so far, \\d+ samples are over the limit and \\d+ of 2,000 may be,"
                      + " at second \\d+ of the run"),
          lost.observed());
      String reason = run.failure().orElseThrow();
      assertEquals(
          "my_server: " + lost.sentence() + ". The run ended early, by abortOn=slo.", reason);
      assertEquals("my_server", recorded.run().target().label());
      assertTrue(run.written().getFileName().toString().endsWith("-my_server"));
      assertEquals(Validity.Verdict.FAILED, recorded.run().validity().verdict());
      assertEquals(List.of(reason), recorded.run().validity().reasons());
      DeliveryCount count = recorded.phase("fanout-2").result().deliveryCount();
      assertTrue(count.sent() < PUBLICATIONS / 2, "it went on to the end: " + count);
      assertEquals(2 * count.sent(), count.delivered() + count.missing());
      assertTrue(count.missing() <= 4, "what was on its way was waited for: " + count);
      Path page = ReportWriter.write(List.of(run.written()), directory.resolve("site")).page();
      assertTrue(Files.readString(page).contains("by abortOn=slo"));
    }
  }

  @Test
  void withoutTheOptionTheRunGoesOn() throws Exception {
    try (FaultyTarget target = FaultyTarget.start(SLOW)) {
      ExperimentInTest run =
          run(
              target,
              "slo = [\"max.lastDelivery<2ms\"],"
                  + " fanout = [ { subscribers = 2, count = 100, rate = 50 } ]");
      RecordedRun recorded = run.whole();

      assertFalse(run.failure().isPresent());
      assertEquals(100, recorded.phase("fanout-2").result().deliveryCount().sent());
      assertEquals(SloVerdict.Decision.MISSED, recorded.run().slos().get(0).decision());
    }
  }

  private ExperimentInTest run(FaultyTarget target, String workload) throws Exception {
    Options options = ExperimentInTest.options(directory, target.url().toString(), workload);
    return ExperimentInTest.of(options.targets().get(0), options);
  }
}
