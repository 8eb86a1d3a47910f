package dev.fanbench.measurement.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.run.BlockMedian;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PairedRatioTest {
  private static final long MILLI = 1_000_000;

  @Test
  void aNoisyMomentThatIsInBothBlocksDoesNotWidenTheInterval() {
    List<BlockMedian> base = List.of(exact(10), exact(30), exact(12), exact(10));
    List<BlockMedian> now = List.of(exact(20), exact(60), exact(24), exact(20));
    RatioInterval ratio = PairedRatio.of(base, now).orElseThrow();
    assertEquals(2, ratio.ratio(), 1e-9);
    assertEquals(2, ratio.low(), 1e-9);
    assertEquals(2, ratio.high(), 1e-9);
  }

  /** By hand: logs 0.1 and −0.1 and 0, standard error 0.1 ÷ √3, t of two degrees 9.925. */
  @Test
  void theIntervalIsThatOfStudent() {
    double[] now = {Math.exp(0.1), Math.exp(-0.1), 1};
    RatioInterval ratio = PairedRatio.of(new double[] {1, 1, 1}, now).orElseThrow();
    assertEquals(1, ratio.ratio(), 1e-9);
    assertEquals(Math.exp(0.1 / Math.sqrt(3) * 9.925), ratio.high(), 1e-3);
    assertEquals(1 / ratio.high(), ratio.low(), 1e-9);
  }

  @Test
  void whatTheLoadMayHaveAddedWidensTheInterval() {
    List<BlockMedian> base = List.of(exact(10), exact(10), exact(10));
    BlockMedian stalled = new BlockMedian(15 * MILLI, 20 * MILLI);
    RatioInterval ratio = PairedRatio.of(base, List.of(stalled, stalled, stalled)).orElseThrow();
    assertEquals(2, ratio.ratio(), 1e-9);
    assertEquals(1.5, ratio.low(), 1e-9);
    assertEquals(2, ratio.high(), 1e-9);
    RatioInterval other = PairedRatio.of(List.of(stalled, stalled, stalled), base).orElseThrow();
    assertEquals(1 / 1.5, other.high(), 1e-9);
  }

  @Test
  void aTimeThatMayBeNothingHasNoLowerEnd() {
    List<BlockMedian> base = List.of(exact(10), exact(10), exact(10));
    BlockMedian unknown = new BlockMedian(0, 20 * MILLI);
    assertEquals(0, PairedRatio.of(base, List.of(unknown, unknown, exact(20))).orElseThrow().low());
  }

  @Test
  void whatIsNoPairHasNoRatio() {
    List<BlockMedian> two = List.of(exact(10), exact(10));
    List<BlockMedian> three = List.of(exact(10), exact(10), exact(10));
    BlockMedian never = new BlockMedian(Long.MAX_VALUE, Long.MAX_VALUE);
    assertTrue(PairedRatio.of(two, two).isEmpty());
    assertTrue(PairedRatio.of(two, three).isEmpty());
    assertTrue(PairedRatio.of(three, List.of(never, exact(1), exact(1))).isEmpty());
    assertTrue(PairedRatio.of(new double[] {1, 1, 0}, new double[] {1, 1, 1}).isEmpty());
  }

  @Test
  void sidesOfDifferentLengthHaveNoRatio() {
    List<BlockMedian> three = List.of(exact(10), exact(10), exact(10));
    List<BlockMedian> four = List.of(exact(10), exact(10), exact(10), exact(10));
    assertTrue(PairedRatio.of(three, four).isEmpty());
    assertTrue(PairedRatio.of(four, three).isEmpty());
    assertTrue(PairedRatio.of(new double[] {1, 1, 1}, new double[] {1, 1, 1, 1}).isEmpty());
    assertTrue(PairedRatio.of(new double[] {1, 1, 1, 1}, new double[] {1, 1, 1}).isEmpty());
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, Double.NaN, Double.POSITIVE_INFINITY})
  void anAmountIsOverZeroAndFinite(double none) {
    double[] known = {1, 1, 1};
    double[] unknown = {1, 1, none};
    assertTrue(PairedRatio.of(known, known).isPresent());
    assertTrue(PairedRatio.of(known, unknown).isEmpty());
    assertTrue(PairedRatio.of(unknown, known).isEmpty());
  }

  @Test
  void aBlockOfEitherSideThatDidNotArriveIsNoPair() {
    List<BlockMedian> known = List.of(exact(10), exact(10), exact(10));
    BlockMedian never = new BlockMedian(Long.MAX_VALUE, Long.MAX_VALUE);
    List<BlockMedian> unknown = List.of(exact(10), exact(10), never);
    assertTrue(PairedRatio.of(known, unknown).isEmpty());
    assertTrue(PairedRatio.of(unknown, known).isEmpty());
  }

  @Test
  void aBaseThatMayBeNothingHasNoUpperEnd() {
    BlockMedian unknown = new BlockMedian(0, 20 * MILLI);
    List<BlockMedian> now = List.of(exact(20), exact(20), exact(20));
    RatioInterval ratio = PairedRatio.of(List.of(unknown, exact(20), unknown), now).orElseThrow();
    assertEquals(1, ratio.ratio(), 1e-9);
    assertEquals(1, ratio.low(), 1e-9);
    assertEquals(Double.POSITIVE_INFINITY, ratio.high());
  }

  /** Pairs share noise that is ten times the effect; the interval holds the truth all the same. */
  @Test
  void theIntervalIsAsSureAsItSays() {
    Random random = new Random(1);
    int wrong = 0;
    for (int draw = 0; draw < 2_000; draw++) {
      double[] base = new double[8];
      double[] now = new double[8];
      for (int i = 0; i < base.length; i++) {
        double shared = Math.exp(random.nextGaussian());
        base[i] = shared * Math.exp(0.05 * random.nextGaussian());
        now[i] = 1.1 * shared * Math.exp(0.05 * random.nextGaussian());
      }
      RatioInterval ratio = PairedRatio.of(base, now).orElseThrow();
      wrong += ratio.low() > 1.1 || ratio.high() < 1.1 ? 1 : 0;
    }
    assertTrue(wrong <= 35, wrong + " of 2,000 intervals do not hold the ratio");
  }

  private static BlockMedian exact(long millis) {
    return new BlockMedian(millis * MILLI, millis * MILLI);
  }

  /** Logarithms 0, 1 and 2: mean 1, deviation 1, and t of 2 degrees of freedom is 9.9248. */
  @Test
  void theIntervalIsStudentsByHand() {
    double reach = 9.92484 / Math.sqrt(3);
    RatioInterval ratio =
        PairedRatio.of(new double[] {2, 2, 2}, new double[] {2, 2 * Math.E, 2 * Math.E * Math.E})
            .orElseThrow();
    assertEquals(1, Math.log(ratio.ratio()), 1e-4);
    assertEquals(1 - reach, Math.log(ratio.low()), 1e-4);
    assertEquals(1 + reach, Math.log(ratio.high()), 1e-4);
  }
}
