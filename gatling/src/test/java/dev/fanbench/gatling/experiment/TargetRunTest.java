package dev.fanbench.gatling.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.options.Options;
import dev.fanbench.gatling.options.TargetChoice;
import dev.fanbench.measurement.record.ArrivalListener;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.Validity;
import dev.fanbench.reports.ReportWriter;
import dev.fanbench.reports.model.LiveView;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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

  @TempDir Path directory;

  @Test
  void aPhaseThatTheLoadSpoiledIsKeptAndRunAgain() throws Exception {
    ExperimentInTest run = floor("fanout = [ { subscribers = 1, count = 200, rate = 100 } ]");
    List<Integer> attempts = new ArrayList<>();
    RecordedRun recorded =
        run.whole(
            (phase, attempt) -> {
              attempts.add(attempt);
              return attempt == 1 ? stallOfTheLoad() : ArrivalListener.none();
            });

    assertFalse(run.failure().isPresent());
    assertEquals(1, recorded.measured().size());
    assertTrue(attempts.size() > 1, attempts.toString());
    assertEquals(attempts, recorded.phases().stream().map(p -> p.result().attempt()).toList());
    PhaseResult first = recorded.phases().get(0).result();
    assertTrue(first.spoiled().get(0).contains("p99"), first.spoiled().toString());
    assertEquals(200, recorded.phase("fanout-1").result().deliveryCount().delivered());
  }

  @Test
  void aColdPhaseIsRunAgainOnATargetStartedAnew() throws Exception {
    ExperimentInTest run =
        floor(
            """
            cold { count = 100, rate = 50 }
            warmUp = 1s
            echo { count = 20, rate = 100, clients = 2 }
            """);
    List<Long> pids = new ArrayList<>();
    run.whole(
        (phase, attempt) -> {
          boolean cold = phase.name().startsWith("cold");
          if (cold) {
            pids.add(run.pid());
          }
          return cold && attempt == 1 ? stallOfTheLoad() : ArrivalListener.none();
        });

    assertFalse(run.failure().isPresent(), "the target that was left did not die");
    assertTrue(pids.size() > 1, "spoiled once at least: " + pids);
    assertNotEquals(pids.get(0), pids.get(1));
    assertFalse(ProcessHandle.of(pids.get(0)).map(ProcessHandle::isAlive).orElse(false));
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
    // One repeat is enough to see it; a busy machine could ask for more.
    Options options = ExperimentInTest.options(directory, "netty", "repeats = 1\n" + phases);
    return ExperimentInTest.of(TargetChoice.named(options.home(), "floor"), options);
  }

  /** Parks the load's own loop for 100 ms at the tenth arrival. */
  private static ArrivalListener stallOfTheLoad() {
    return arrival -> {
      if (arrival.n() == 10) {
        LockSupport.parkNanos(100_000_000);
      }
    };
  }
}
