package dev.fanbench.gatling.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.fleet.ClientSlot;
import dev.fanbench.gatling.fleet.Fleet;
import dev.fanbench.gatling.fleet.FleetOptions;
import dev.fanbench.gatling.fleet.JoinResult;
import dev.fanbench.gatling.options.Options;
import dev.fanbench.gatling.options.TargetChoice;
import dev.fanbench.measurement.clock.SystemNanoClock;
import dev.fanbench.measurement.record.ArrivalListener;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.Validity;
import dev.fanbench.reports.ReportWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A load without memory ends the run with a sentence, wherever it notices. */
@Timeout(60)
class OutOfMemoryTest {
  private final OutOfMemoryError noMemory = new OutOfMemoryError("Java heap space");

  @TempDir Path directory;

  /** The pipeline of the connection catches it, and would take it for the target's. */
  @Test
  void onAnEventLoop() throws Exception {
    ExperimentInTest run = floor();
    assertEndsTheRun(run, run.whole(phase -> arrival -> runOutAt(arrival.n(), 20)));
  }

  /** The thread of the experiment would end, and Gatling's users would go as if all were well. */
  @Test
  void onTheThreadOfTheExperiment() throws Exception {
    ExperimentInTest run = floor();
    assertEndsTheRun(run, run.cutShort(ArrivalListener.none(), () -> runOutAt(0, 0)));
  }

  @Test
  void anOuterExceptionHidesNone() {
    EarlyEnd end = new EarlyEnd();
    end.failed(new IllegalStateException(new ExecutionException(noMemory)));
    end.failed(new IllegalStateException("another"));
    String reason = end.reason().orElseThrow();
    assertTrue(reason.startsWith("The load ran out of memory (Java heap space; "), reason);
    assertEquals(
        "Something in fanbench itself went wrong: java.lang.IllegalStateException: x.",
        end.sentence(new IllegalStateException("x")));
  }

  /** A loop keeps the error of a task to itself, and the clients would be waited for. */
  @Test
  void inATaskOfAnEventLoopWhileClientsJoin() throws Exception {
    try (Fleet fleet =
        Fleet.open(
            FleetOptions.of(URI.create("ws://127.0.0.1:9/none"), SystemNanoClock.INSTANCE))) {
      CompletableFuture<Throwable> told = new CompletableFuture<>();
      fleet.onError(told::complete);
      fleet
          .executor(0)
          .execute(
              fleet.guarded(
                  () -> {
                    throw noMemory;
                  }));
      assertEquals(noMemory, told.get(10, TimeUnit.SECONDS));
      CompletableFuture<JoinResult> joined =
          fleet.joinAll(ClientSlot.subscribers(1, List.of("r")), 1, taken -> {});
      assertEquals(noMemory, assertThrows(CompletionException.class, joined::join).getCause());
    }
  }

  private void assertEndsTheRun(ExperimentInTest run, RecordedRun recorded) throws Exception {
    String reason = run.failure().orElseThrow();
    assertTrue(reason.startsWith("The load ran out of memory (Java heap space; "), reason);
    assertEquals(Validity.Verdict.FAILED, recorded.run().validity().verdict());
    assertEquals(List.of(reason), recorded.run().validity().reasons());
    Path page = ReportWriter.write(List.of(run.written()), directory.resolve("site")).page();
    assertTrue(Files.readString(page).contains("The load ran out of memory"));
  }

  private void runOutAt(int n, int which) {
    if (n == which) {
      throw noMemory;
    }
  }

  private ExperimentInTest floor() throws Exception {
    Options options =
        ExperimentInTest.options(
            directory, "netty", "fanout = [ { subscribers = 20, count = 200, rate = 200 } ]");
    return ExperimentInTest.of(TargetChoice.named(options.home(), "floor"), options);
  }
}
