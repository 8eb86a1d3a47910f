package dev.fanbench.measurement.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fanbench.measurement.clock.ManualNanoClock;
import dev.fanbench.measurement.run.Arrival;
import dev.fanbench.measurement.run.BlockResult;
import dev.fanbench.measurement.run.RecordedPhase;
import dev.fanbench.measurement.run.RunReader;
import dev.fanbench.measurement.run.Usage;
import dev.fanbench.measurement.run.Validity;
import dev.fanbench.measurement.workload.Phase;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A phase in blocks: other targets have their turn between two of them. */
class BlocksTest {
  private static final long SECOND = 1_000_000_000;
  private static final long MILLI = 1_000_000;

  /** Ten a second: blocks of 4, 4 and 2 arrivals. */
  private static final Phase PHASE = Phases.fanOut(1, 10, 10).inBlocks(3);

  @TempDir Path directory;
  private final ManualNanoClock clock = new ManualNanoClock(0);

  @Test
  void eachBlockHasItsOwnStartAndDeadline() {
    PhaseRecorder recorder = Phases.begun(Phases.plan(PHASE, 1, 1), ArrivalListener.none());
    assertEquals(3 * SECOND / 10 + SECOND, recorder.deadlineNanos());
    recorder.beginBlock(60 * SECOND);
    assertEquals(60 * SECOND, recorder.intendedAtNanos(4));
    assertEquals(60 * SECOND + 3 * SECOND / 10, recorder.intendedAtNanos(7));
    assertEquals(60 * SECOND + 3 * SECOND / 10 + SECOND, recorder.deadlineNanos());
    recorder.beginBlock(120 * SECOND);
    assertEquals(120 * SECOND + SECOND / 10, recorder.intendedAtNanos(9));
  }

  @Test
  void aDeliveryOfAnEarlierBlockIsLateInTheNext() {
    PhaseRecorder recorder = Phases.begun(Phases.plan(PHASE, 1, 1), ArrivalListener.none());
    send(recorder, 0, 4);
    deliver(recorder, 0, MILLI);
    recorder.beginBlock(60 * SECOND);
    send(recorder, 4, 8);
    deliver(recorder, 1, 60 * SECOND);
    deliver(recorder, 4, 60 * SECOND + MILLI);
    recorder.complete();
    assertEquals(2, recorder.deliveryCount().delivered());
    assertEquals(1, recorder.deliveryCount().late());
    assertEquals(6, recorder.deliveryCount().missing());
  }

  @Test
  void aStampOfABlockThatHasNotBegunIsUnexpected() {
    PhaseRecorder recorder = Phases.begun(Phases.plan(PHASE, 1, 1), ArrivalListener.none());
    deliver(recorder, 9, MILLI);
    assertEquals(1, recorder.deliveryCount().unexpected());
  }

  @Test
  void timeBetweenBlocksIsNoSlownessOfTheLoad() {
    PhaseRecorder recorder = Phases.begun(Phases.plan(PHASE, 1, 1), ArrivalListener.none());
    send(recorder, 0, 4);
    recorder.beginBlock(60 * SECOND);
    send(recorder, 4, 8);
    recorder.beginBlock(120 * SECOND);
    send(recorder, 8, 10);
    recorder.complete();
    assertEquals(10, recorder.achievedPerSecond(), 1e-9);
  }

  @Test
  void blocksAreRecordedWithTheirUsage() throws IOException {
    RecordedPhase read;
    try (RunRecorder run =
        RunRecorder.open(
            directory,
            Phases.runPlan(PHASE),
            1,
            clock,
            Clock.fixed(Instant.EPOCH, ZoneOffset.UTC))) {
      PhaseRecorder recorder = run.begin(PHASE, 1, ArrivalListener.none());
      for (int block = 0; block < 3; block++) {
        long start = run.clock().nanoTime() + MILLI;
        run.beginBlock(start);
        int end = PHASE.firstOfBlock(block + 1);
        send(recorder, PHASE.firstOfBlock(block), end);
        for (int n = PHASE.firstOfBlock(block); n < end; n++) {
          recorder
              .deliveries(0)
              .delivered(0, 0, n, recorder.intendedAtNanos(n), start + SECOND / 2);
        }
        clock.advance(60 * SECOND);
        run.endBlock(used(1_000L * (block + 1)), null);
      }
      assertThrows(IllegalStateException.class, () -> run.beginBlock(0));
      run.end(used(6_000), null);
      run.finish(new Validity(Validity.Verdict.VALID, List.of(), List.of()), List.of());
      read = RunReader.read(run.directory()).phase(PHASE.name());
    }
    assertEquals(3, read.phase().blocks());
    List<BlockResult> blocks = read.result().blocks();
    assertEquals(List.of(4L, 4L, 2L), blocks.stream().map(BlockResult::copies).toList());
    assertEquals(
        List.of(250.0, 500.0, 1_500.0),
        blocks.stream().map(BlockResult::cpuNanosPerDelivery).toList());
    assertEquals(
        List.of(0, 4, 8), read.blocks().stream().map(each -> each.get(0)).map(Arrival::n).toList());
    assertEquals(MILLI, blocks.get(0).startNanos());
    assertEquals(60 * SECOND + MILLI, blocks.get(1).startNanos());
  }

  private static Usage used(long nanos) {
    return new Usage(Map.of("loops", nanos), 0, SECOND, "schedstat", Map.of());
  }

  private static void send(PhaseRecorder recorder, int from, int to) {
    for (int n = from; n < to; n++) {
      recorder.sent(n, recorder.intendedAtNanos(n));
    }
  }

  private static void deliver(PhaseRecorder recorder, int n, long nowNanos) {
    recorder.deliveries(0).delivered(0, 100, n, recorder.intendedAtNanos(n), nowNanos);
  }
}
