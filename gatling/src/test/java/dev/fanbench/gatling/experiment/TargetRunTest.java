package dev.fanbench.gatling.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.options.Options;
import dev.fanbench.gatling.options.TargetChoice;
import dev.fanbench.measurement.record.ArrivalListener;
import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.PercentileInterval;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.RecordedSeries;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.Validity;
import dev.fanbench.reports.ReportWriter;
import dev.fanbench.reports.model.LiveView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What a run does when the load stalls or its target dies, with a real target in its process. */
@Timeout(60)
class TargetRunTest {

  private static final long STALL_NANOS = 100_000_000;

  @TempDir Path directory;

  @Test
  void aStallOfTheLoadWidensTheIntervalAndMakesNoRunInvalid() throws Exception {
    ExperimentInTest run = floor("fanout = [ { subscribers = 1, count = 200, rate = 100 } ]");
    RecordedRun recorded = run.whole(phase -> stallOfTheLoad());

    assertFalse(run.failure().isPresent());
    assertEquals(List.of(), recorded.run().validity().reasons());
    RecordedSeries last = recorded.phase("fanout-1").series(Series.LAST_DELIVERY).orElseThrow();
    PercentileInterval longest = last.percentiles().at(Percentile.MAX).interval();
    assertTrue(longest.highNanos() >= STALL_NANOS / 2, longest.text());
    assertTrue(longest.lowNanos() < STALL_NANOS / 2, longest.text());
  }

  @Test
  void aTargetKilledInMidRunLeavesAReadableRunLabelledFailed() throws Exception {
    ExperimentInTest run = floor("fanout = [ { subscribers = 20, count = 2000, rate = 200 } ]");
    CountDownLatch twentieth = new CountDownLatch(20);
    RecordedRun recorded =
        run.cutShort(
            arrival -> twentieth.countDown(),
            () -> {
              assertTrue(twentieth.await(20, TimeUnit.SECONDS));
              ProcessHandle.of(run.pid()).orElseThrow().destroyForcibly();
            });

    String reason = run.failure().orElseThrow();
    assertTrue(reason.startsWith("target died: floor"), reason);
    assertEquals(Validity.Verdict.FAILED, recorded.run().validity().verdict());
    assertEquals(List.of(reason), recorded.run().validity().reasons());
    assertTrue(recorded.phase("fanout-20").result().deliveryCount().delivered() >= 400);
    Path page = ReportWriter.write(List.of(run.written()), directory.resolve("site")).page();
    assertTrue(Files.readString(page).contains("target died"));
  }

  /** Its meter then finds no process, which must not be told as a file that is missing. */
  @Test
  void aTargetThatDiesWhenAllIsDeliveredIsToldToHaveDied() throws Exception {
    ExperimentInTest run = floor("fanout = [ { subscribers = 1, count = 20, rate = 200 } ]");
    CountDownLatch all = new CountDownLatch(20);
    run.cutShort(
        arrival -> all.countDown(),
        () -> {
          assertTrue(all.await(20, TimeUnit.SECONDS));
          ProcessHandle process = ProcessHandle.of(run.pid()).orElseThrow();
          process.destroyForcibly();
          process.onExit().join();
        });

    String reason = run.failure().orElseThrow();
    assertTrue(reason.startsWith("target died: floor"), reason);
  }

  @Test
  void aRunThatIsWatchedShowsHowFarItIs() throws Exception {
    ExperimentInTest run =
        floor("live = on, fanout = [ { subscribers = 3, count = 50, rate = 100 } ]");
    run.whole();

    LiveView view = run.view();
    assertEquals("floor: fanout-3", view.title());
    assertEquals(50, view.progress().orElseThrow().deliveryCount().sent());
    assertEquals(50, view.recent().get(Series.LAST_DELIVERY).samples());
    assertEquals(100, view.achievedPerSecond());
  }

  private ExperimentInTest floor(String phases) throws Exception {
    Options options = ExperimentInTest.options(directory, "netty", phases);
    return ExperimentInTest.of(TargetChoice.named(options.home(), "floor"), options);
  }

  /** Parks the load's own loop at the tenth arrival. */
  private static ArrivalListener stallOfTheLoad() {
    return arrival -> {
      if (arrival.n() == 10) {
        LockSupport.parkNanos(STALL_NANOS);
      }
    };
  }
}
