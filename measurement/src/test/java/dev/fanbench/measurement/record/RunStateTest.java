package dev.fanbench.measurement.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.clock.ManualNanoClock;
import dev.fanbench.measurement.run.ClockBound;
import dev.fanbench.measurement.run.Interval;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.Run;
import dev.fanbench.measurement.run.RunDirectory;
import dev.fanbench.measurement.run.RunReader;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.Validity;
import dev.fanbench.measurement.workload.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;

/** The order in which a run is begun, ended and finished, and the refusals of any other one. */
class RunStateTest {
  private static final long SECOND = 1_000_000_000;
  private static final Phase ECHO = Phases.echo(4, 2);
  private static final Validity VALID = new Validity(Validity.Verdict.VALID, List.of(), List.of());

  @TempDir private Path directory;
  private final ManualNanoClock clock = new ManualNanoClock(7 * SECOND);
  private RunRecorder run;

  @BeforeEach
  void open() throws IOException {
    run =
        RunRecorder.open(
            directory,
            Phases.runPlan(ECHO, Phases.connect(4, 2)),
            1,
            clock,
            Clock.fixed(Instant.parse("2026-11-20T21:30:00.5Z"), ZoneOffset.UTC));
  }

  @AfterEach
  void close() throws IOException {
    run.close();
  }

  @Test
  void aBlockIsOfARunningPhase() {
    assertRefused("no phase is running", () -> run.beginBlock(0));
    assertRefused("no phase is running", () -> run.endBlock(null, null));
    assertRefused("no phase is running", () -> run.end(null, null));
    run.begin(ECHO, 1, 0, ArrivalListener.none());
    assertRefused("phase echo has no more blocks", () -> run.beginBlock(0));
  }

  @Test
  void aRunIsFinishedOnceAndBetweenPhases() throws IOException {
    run.begin(ECHO, 1, 0, ArrivalListener.none());
    assertRefused("a phase is running", () -> run.finish(VALID, List.of()));
    run.end(null, null);
    Run finished = run.finish(VALID, List.of());
    assertEquals(Run.SCHEMA_VERSION, finished.schemaVersion());
    assertEquals("2026-11-20T21:30:00.500Z", finished.startedAt());
    assertEquals("2026-11-20T21:30:00.500Z", finished.finishedAt());
    assertRefused("the run is finished", () -> run.finish(VALID, List.of()));
    assertRefused("the run is finished", () -> run.begin(ECHO, 1, 0, ArrivalListener.none()));
    run.fail("too late");
    assertEquals(VALID, RunReader.read(run.directory()).run().validity());
  }

  @Test
  void aRunThatIsClosedBeforeItsEndWasCutShort() throws IOException {
    run.close();
    assertEquals(
        List.of("the run was cut short"),
        RunReader.read(run.directory()).run().validity().reasons());
  }

  @Test
  void aRunSoFarHasNotFinished() throws IOException {
    run.begin(ECHO, 1, 0, ArrivalListener.none());
    run.end(null, null);
    RecordedRun soFar = run.soFar();
    assertEquals(List.of("the run has not finished"), soFar.run().validity().reasons());
    assertEquals(1, soFar.phases().size());
  }

  @Test
  void aPhaseLastsFromItsFirstBlockToItsEnd() throws IOException {
    run.begin(ECHO, 1, SECOND, ArrivalListener.none());
    clock.advance(5 * SECOND);
    PhaseResult result = run.end(null, null);
    assertEquals(SECOND, result.startNanos());
    assertEquals(5 * SECOND, result.endNanos());
    run.begin(Phases.connect(4, 2), 1, 6 * SECOND, ArrivalListener.none());
    run.endBlock(null, null);
    clock.advance(5 * SECOND);
    PhaseResult second = run.end(null, null);
    assertEquals(6 * SECOND, second.startNanos());
    assertEquals(10 * SECOND, second.endNanos());
    assertEquals(1, second.blocks().size());
    assertEquals(0, second.blocks().get(0).first());
    assertEquals(4, second.blocks().get(0).count());
    run.begin(ECHO, 1, 11 * SECOND, ArrivalListener.none());
    assertEquals(List.of(), run.end(null, null).blocks());
  }

  @Test
  void anIntervalBeginsWithItsBlockOrBehindTheOneBefore() throws IOException {
    List<Interval> heard = new ArrayList<>();
    run.onInterval(progress -> heard.add(progress.gained().get(Series.SEND_DELAY)));
    clock.advance(3 * SECOND);
    PhaseRecorder echo = run.begin(ECHO, 1, 3 * SECOND, ArrivalListener.none());
    echo.sent(0, 3 * SECOND);
    clock.advance(SECOND);
    run.tick();
    echo.sent(1, 4 * SECOND);
    clock.advance(SECOND);
    run.tick();
    assertEquals(
        List.of(3 * SECOND, 4 * SECOND), heard.stream().map(Interval::startNanos).toList());
    assertEquals(List.of(4 * SECOND, 5 * SECOND), heard.stream().map(Interval::endNanos).toList());
  }

  @Test
  void eachTickAndEachEndIsInTheFiles() throws IOException {
    RunDirectory files = new RunDirectory(run.directory());
    PhaseRecorder echo = run.begin(ECHO, 1, 0, ArrivalListener.none());
    echo.sent(0, 0);
    run.tick();
    assertTrue(Files.readString(files.latencyLog()).contains("Tag=echo/sendDelay"));
    run.end(null, null);
    assertEquals(1 + ECHO.count(), Files.readAllLines(files.publications()).size());
  }

  /** A delivery between two phases is late for the second, and not for a third again. */
  @Test
  void aDeliveryAfterItsPhaseIsLateOnce() throws IOException {
    PhaseRecorder echo = run.begin(ECHO, 1, 0, ArrivalListener.none());
    run.end(null, null);
    echo.deliveries(0).delivered(0, 0, 0, 0, 1);
    PhaseRecorder connect = run.begin(Phases.connect(4, 2), 1, 0, ArrivalListener.none());
    assertEquals(1, run.end(null, null).deliveryCount().late());
    connect.deliveries(0).delivered(0, 1, 0, 0, 1);
    run.begin(ECHO, 1, 0, ArrivalListener.none());
    assertEquals(1, run.end(null, null).deliveryCount().late());
  }

  /** The files are written after a phase is complete, and a delivery may come meanwhile. */
  @Test
  void aDeliveryWhileItsPhaseIsWrittenIsLateToo() throws IOException {
    PhaseRecorder echo = run.begin(ECHO, 1, 0, ArrivalListener.none());
    run.onInterval(progress -> echo.deliveries(0).delivered(0, 0, 0, 0, 1));
    assertEquals(0, run.end(null, null).deliveryCount().late());
    run.onInterval(progress -> {});
    run.begin(Phases.connect(4, 2), 1, 0, ArrivalListener.none());
    assertEquals(1, run.end(null, null).deliveryCount().late());
  }

  @Test
  void clocksOfShardZeroAreOfSharedRunsOnly() throws IOException {
    run.clock(new ClockBound("echo", 0, 1, 2));
    Run alone = run.finish(VALID, List.of());
    assertNull(alone.share());
    assertEquals(1, alone.shards());
  }

  private static void assertRefused(String message, Executable call) {
    assertEquals(message, assertThrows(IllegalStateException.class, call).getMessage());
  }
}
