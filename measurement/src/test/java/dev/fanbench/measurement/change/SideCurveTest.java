package dev.fanbench.measurement.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SideCurveTest {

  private static final double HALF = Math.log10(2);

  /** 200 samples from 1 to 200: the p50 is the hundredth of them, and the p90 the 180th. */
  @Test
  void aPointIsThePercentileOfAllRunsTogether() {
    SideCurve curve = SideCurve.of(List.of(upTo(200)), 0.99);
    assertEquals(100, at(curve, HALF).nanos());
    assertEquals(180, at(curve, 1).nanos());
    assertEquals(1.3, curve.points().get(curve.points().size() - 1).nines(), 1e-9);
  }

  /** Student's t of two runs is 64, so the interval of one would reach over all of the chart. */
  @Test
  void aSideOfOneOrTwoRunsHasNoIntervals() {
    for (SideCurve curve :
        List.of(
            SideCurve.of(List.of(upTo(200)), 0.99),
            SideCurve.of(List.of(upTo(200), all(100)), 0.99))) {
      assertTrue(curve.points().stream().noneMatch(SideCurve.Point::hasInterval));
      assertEquals(100, at(curve, HALF).highNanos());
    }
  }

  /** Logarithms of the runs' p50 differ by 1, so their standard error is 1 ÷ √3. */
  @Test
  void theIntervalIsThatOfTheRunsLogarithms() {
    SideCurve curve = SideCurve.of(List.of(all(1_000), all(2_718), all(7_389)), 0.99);
    SideCurve.Point half = at(curve, HALF);
    assertTrue(half.hasInterval());
    assertEquals(2_718, half.nanos());
    double reach = 9.92484 / Math.sqrt(3);
    assertEquals(reach, Math.log(half.highNanos() / half.nanos()), 1e-3);
    assertEquals(-reach, Math.log(half.lowNanos() / half.nanos()), 1e-3);
  }

  /** A run of 100 samples says nothing of what one in 50 is; all together say what the p94 is. */
  @Test
  void intervalsEndBeforeTheCurveDoes() {
    SideCurve curve = SideCurve.of(List.of(upTo(100), upTo(100), upTo(100)), 0.99);
    assertTrue(at(curve, 1).hasInterval());
    assertFalse(at(curve, 1.2).hasInterval());
  }

  /** A time of nothing has no logarithm. */
  @Test
  void aTimeOfNothingHasNoInterval() {
    SideCurve curve = SideCurve.of(List.of(all(0), all(0)), 0.99);
    assertEquals(0, at(curve, HALF).nanos());
    assertFalse(at(curve, HALF).hasInterval());
  }

  @Test
  void aCurveEndsWhereDeliveriesNeverCame() {
    long[] half = LongStream.concat(LongStream.rangeClosed(1, 100), never(100)).toArray();
    SideCurve curve = SideCurve.of(List.of(half), 0.99);
    assertEquals(HALF, curve.points().get(curve.points().size() - 1).nines(), 1e-9);
    assertTrue(SideCurve.of(List.of(never(100).toArray()), 0.99).points().isEmpty());
  }

  private static SideCurve.Point at(SideCurve curve, double nines) {
    return curve.points().stream()
        .filter(point -> Math.abs(point.nines() - nines) < 1e-9)
        .findFirst()
        .orElseThrow();
  }

  private static long[] upTo(long last) {
    return LongStream.rangeClosed(1, last).toArray();
  }

  private static long[] all(long value) {
    return LongStream.generate(() -> value).limit(100).toArray();
  }

  private static LongStream never(int count) {
    return LongStream.generate(() -> SampledPercentile.NEVER).limit(count);
  }
}
