package dev.fanbench.gatling.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.faulty.Fault;
import dev.fanbench.gatling.faulty.FaultyTarget;
import dev.fanbench.gatling.options.Options;
import dev.fanbench.gatling.phase.PhaseRun;
import dev.fanbench.measurement.clock.SystemNanoClock;
import dev.fanbench.measurement.record.ArrivalListener;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.RunReader;
import dev.fanbench.measurement.run.Validity;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.reports.model.LiveRun;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A server by URL has no process to be watched, so its end is seen by its connections alone. */
@Timeout(60)
class LostTargetTest {
  private static final int BEFORE_THE_END = 10;

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          fanout = [ { subscribers = 20, count = 4000, rate = 200 } ]                | fanout-20 | 21
          fanout = [ { subscribers = 8, count = 4000, rate = 200, publishers = all } ] | fanout-8-publishers-8 | 8
          chat { count = 4000, rate = 200, rooms = 3 }                               | chat      | 6
          echo { count = 4000, rate = 200, clients = 3 }                             | echo      | 3
          idle { connections = 50, duration = 20s }                                  | idle-50   | 50
          """)
  void theEndOfAllConnectionsMakesARunFailed(String phases, String phase, int connections)
      throws Exception {
    assertFailed(
        phases,
        FaultyTarget::cutConnections,
        "phase %s: the target ended %d of %2$d connections after .* with code 1006: the connection broke: .*reset.*"
            .formatted(phase, connections));
  }

  @Test
  void aTargetThatClosesThemIsFailedToo() throws Exception {
    assertFailed(
        "fanout = [ { subscribers = 20, count = 4000, rate = 200 } ]",
        FaultyTarget::stopServing,
        "phase fanout-20: the target ended 21 of 21 connections after .* with code 1001:"
            + " the target closed the connection with 1001 'going away'");
  }

  @Test
  void aTargetThatIsGoneInAConnectPhaseIsFailed() throws Exception {
    assertFailed(
        "connect { count = 100, rate = 100 }",
        FaultyTarget::cutConnections,
        "phase connect: the target ended \\d+ of \\d+ connections after .* with code 1006: .*;"
            + " it accepted none of \\d+ others: the connection was refused");
  }

  @Test
  void aTargetThatAcceptsNoConnectionOfAConnectPhaseIsFailed() throws Exception {
    FaultyTarget gone = FaultyTarget.start(new Fault.None());
    gone.close();
    Options options =
        ExperimentInTest.options(
            directory, gone.url().toString(), "connect { count = 40, rate = 200 }");
    ExperimentInTest run = ExperimentInTest.of(options.targets().get(0), options);
    RecordedRun recorded = run.whole();

    String reason =
        recorded.run().target().label()
            + ": phase connect: the target accepted 0 of 40 connections: the connection was refused.";
    assertEquals(List.of(reason), recorded.run().validity().reasons());
  }

  /** It has served the phase before, so neither its URL nor the dialect is to blame. */
  @Test
  void aTargetThatIsLostBeforeTheFirstDeliveryOfALaterPhaseHasDied() throws Exception {
    try (FaultyTarget target = FaultyTarget.start(new Fault.None())) {
      Options options =
          ExperimentInTest.options(
              directory,
              target.url().toString(),
              """
              fanout = [ { subscribers = 2, count = 10, rate = 100 }
                         { subscribers = 3, count = 400, rate = 100 } ]
              """);
      Experiment experiment = Experiment.of(List.of(options), silence(), 4);
      experiment.run(new PlainUsers(target::cutConnections));
      experiment.close();

      String reason = experiment.end().reason().orElseThrow();
      assertTrue(
          reason.contains(": phase fanout-3: the target ended 4 of 4 connections after "), reason);
    }
  }

  /** The other one did nothing wrong, so its run says which target failed. */
  @Test
  void theFailureOfOneTargetIsNotThatOfTheOther() throws Exception {
    try (FaultyTarget well = FaultyTarget.start(new Fault.None());
        FaultyTarget dying = FaultyTarget.start(new Fault.Die(30))) {
      Options options =
          ExperimentInTest.options(
              directory,
              well.url() + "," + dying.url(),
              "fanout = [ { subscribers = 3, count = 200, rate = 100 } ]");
      Experiment experiment = Experiment.of(List.of(options), silence(), 4);
      experiment.run(new PlainUsers(() -> {}));
      experiment.close();

      String reason = experiment.end().reason().orElseThrow();
      String label = experiment.runs().get(1).label();
      assertTrue(reason.startsWith(label + ": phase fanout-3: the target ended 4 of 4"), reason);
      assertEquals(List.of(reason), reasons(experiment.runs().get(1)));
      assertEquals(
          List.of("The run was cut short, because another target failed: " + reason),
          reasons(experiment.runs().get(0)));
    }
  }

  private static List<String> reasons(TargetRun run) throws Exception {
    Validity validity = RunReader.read(run.directory().orElseThrow()).run().validity();
    assertEquals(Validity.Verdict.FAILED, validity.verdict());
    return validity.reasons();
  }

  /** Ends the target after some arrivals. */
  private void assertFailed(String phases, Ending ending, String sentence) throws Exception {
    try (FaultyTarget target = FaultyTarget.start(new Fault.None())) {
      Options options = ExperimentInTest.options(directory, target.url().toString(), phases);
      ExperimentInTest run = ExperimentInTest.of(options.targets().get(0), options);
      CountDownLatch arrivals = new CountDownLatch(BEFORE_THE_END);
      long beginNanos = SystemNanoClock.INSTANCE.nanoTime();
      RecordedRun recorded =
          run.cutShort(
              arrival -> arrivals.countDown(),
              () -> {
                assertTrue(arrivals.await(20, TimeUnit.SECONDS));
                ending.make(target);
              });
      long tookNanos = SystemNanoClock.INSTANCE.nanoTime() - beginNanos;

      String reason = run.failure().orElseThrow();
      String label = recorded.run().target().label();
      assertTrue(reason.matches("\\Q" + label + "\\E: " + sentence + "\\."), reason);
      assertEquals(Validity.Verdict.FAILED, recorded.run().validity().verdict());
      assertEquals(List.of(reason), recorded.run().validity().reasons());
      assertTrue(tookNanos < TimeUnit.SECONDS.toNanos(15), "it did not go on to the end");
    }
  }

  private static Progress silence() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new Progress(nowhere, false, new LiveRun(SystemNanoClock.INSTANCE), 0);
  }

  /** The end of a target. */
  private interface Ending {
    void make(FaultyTarget target);
  }

  /** Takes the arrivals of each phase; the action comes before those of the second. */
  private static final class PlainUsers implements UserPool {
    private final Runnable beforeTheSecond;
    private PhaseRun first;

    PlainUsers(Runnable beforeTheSecond) {
      this.beforeTheSecond = beforeTheSecond;
    }

    @Override
    public ArrivalListener listener(String target, Phase phase) {
      return ArrivalListener.none();
    }

    @Override
    public void take(PhaseRun phase, CompletableFuture<?> early) throws InterruptedException {
      first = first == null ? phase : first;
      if (phase != first) {
        beforeTheSecond.run();
      }
      UserPool.await(phase.takeArrivals(8), early);
    }
  }
}
