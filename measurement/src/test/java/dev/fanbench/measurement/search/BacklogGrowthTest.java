package dev.fanbench.measurement.search;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fanbench.measurement.record.Phases;
import dev.fanbench.measurement.run.Arrival;
import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.RecordedPhase;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntToLongFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class BacklogGrowthTest {
  private static final long MILLI = 1_000_000;

  /** 354 a second for a server that does 300: each waits 0.5 ms longer than the one before. */
  @Test
  void aServerThatFallsBehindIsTold() {
    assertEquals(
        Optional.of("a growing backlog, p50 of 24.5 ms at first and 475 ms at the end"),
        growth(1_000, n -> n * MILLI / 2));
  }

  @Test
  void noiseIsNoBacklog() {
    Random random = new Random(1);
    for (int round = 0; round < 200; round++) {
      assertEquals(Optional.empty(), growth(400, n -> MILLI + random.nextInt(2_000_000)));
    }
  }

  @Test
  void oneStallIsNoBacklog() {
    assertEquals(Optional.empty(), growth(1_000, n -> n > 600 && n < 700 ? 90 * MILLI : MILLI));
  }

  @Test
  void aTargetThatStopsDeliveringHasABacklogWithoutEnd() {
    assertEquals(
        Optional.of("a growing backlog, p50 of 4.9 ms at first and no end at the end"),
        growth(1_000, n -> n > 900 ? -1 : n * MILLI / 10));
  }

  @Test
  void aFewArrivalsAreNotJudged() {
    assertEquals(Optional.empty(), growth(49, n -> n * MILLI));
  }

  /**
   * @param nanos time to last delivery of an arrival; negative for one that is missing
   */
  private static Optional<String> growth(int count, IntToLongFunction nanos) {
    PhaseResult result =
        new PhaseResult(
            Phases.fanOut(1, count, 100), 0, 1, 100, DeliveryCount.NONE, Map.of(), null, null);
    return BacklogGrowth.in(
        new RecordedPhase(
            result,
            Map.of(),
            IntStream.range(0, count).mapToObj(n -> arrival(n, nanos.applyAsLong(n))).toList()));
  }

  private static Arrival arrival(int n, long nanos) {
    long intended = n * 10L * MILLI;
    return nanos < 0
        ? new Arrival(n, intended, intended, Arrival.NEVER, Arrival.NEVER, 0, 1)
        : new Arrival(n, intended, intended, intended + nanos, intended + nanos, 1, 0);
  }
}
