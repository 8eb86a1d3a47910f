package dev.fanbench.measurement.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class RatioIntervalTest {

  /** Errors of 0.1 each are 0.1414 together, and t of four degrees at 99 % is 4.604. */
  @Test
  void twoEquallyNoisySidesAddTheirFreedom() {
    RatioInterval ratio = RatioInterval.of(new Estimate(10, 0.1, 3), new Estimate(20, 0.1, 3));
    double reach = 4.60409 * Math.sqrt(0.02);
    assertEquals(2, ratio.ratio());
    assertEquals(2 * Math.exp(-reach), ratio.low(), 1e-4);
    assertEquals(2 * Math.exp(reach), ratio.high(), 1e-4);
    assertEquals(0.99, ratio.confidence());
  }

  /** By hand: 0.05² ÷ (0.01² ÷ 2 + 0.04² ÷ 4) = 5.556 degrees of freedom. */
  @Test
  void theNoisierSideCountsForMore() {
    RatioInterval ratio = RatioInterval.of(new Estimate(1, 0.1, 3), new Estimate(1, 0.2, 5));
    double reach = SampleMean.student(0.0025 / 0.00045, 0.99) * Math.sqrt(0.05);
    assertEquals(reach, Math.log(ratio.high()), 1e-9);
    assertEquals(-reach, Math.log(ratio.low()), 1e-9);
  }

  @Test
  void sidesWithoutScatterHaveAnIntervalWithoutWidth() {
    assertEquals(
        new RatioInterval(2, 2, 2),
        RatioInterval.of(new Estimate(10, 0, 3), new Estimate(20, 0, 3)));
  }

  @Test
  void aSideThatWasNotAlwaysDeliveredHasNoBound() {
    Estimate lossy = new Estimate(10, Double.POSITIVE_INFINITY, 3);
    RatioInterval ratio = RatioInterval.of(lossy, new Estimate(20, 0.1, 3));
    assertEquals(0, ratio.low());
    assertEquals(Double.POSITIVE_INFINITY, ratio.high());
  }

  @Test
  void anIntervalIsWidenedToOtherEnds() {
    RatioInterval measured = new RatioInterval(2, 1.9, 2.1, 0.998);
    assertEquals(new RatioInterval(2, 0.95, 2.1, 0.998), measured.spanning(0.95, 2));
    assertEquals(new RatioInterval(2, 1.9, 4.2, 0.998), measured.spanning(2, 4.2));
    assertEquals(measured, measured.spanning(1.9, 2.1));
  }

  @Test
  void anIntervalWithoutAnEndSaysSo() {
    assertEquals("1× [0×, no end]", new RatioInterval(1, 0, Double.POSITIVE_INFINITY).text());
  }

  @Test
  void bothEndsAreWithinThePrecision() {
    assertTrue(new RatioInterval(2, 1.6, 2.5).isWithin(0.25));
    assertFalse(new RatioInterval(2, 1.6, Math.nextUp(2.5)).isWithin(0.25));
    assertFalse(new RatioInterval(2, Math.nextDown(1.6), 2.5).isWithin(0.25));
  }

  @Test
  void upToTwiceAsMuchIsToldInPercent() {
    assertEquals("+50 % [+10 %, +100 %]", new RatioInterval(1.5, 1.1, 2).text());
    assertEquals("1.5× [1.1×, 2.1×]", new RatioInterval(1.5, 1.1, 2.1).text());
    assertEquals("−17.2 % [−20 %, −14 %]", new RatioInterval(0.828, 0.8, 0.86).text());
  }

  @Test
  void theConfidenceIsInWords() {
    assertEquals("99 %", new RatioInterval(1, 1, 1).confidenceText());
    assertEquals("99.8 %", new RatioInterval(1, 1, 1, 0.998).confidenceText());
  }
}
