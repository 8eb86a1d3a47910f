package dev.fanbench.measurement.change;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;

/** Ratios exactly at a limit of the rule, and beside it. The smallest change is 5 %. */
class ChangeRuleTest {
  private static final double FIVE_PERCENT = 1.05;
  private static final double TEN_PERCENT = 1 + 2 * ChangeRule.SMALLEST_CHANGE;

  @Test
  void fivePercentMoreAreSlower() {
    assertEquals(Verdict.SLOWER, verdict(FIVE_PERCENT, 1.01, 1.2));
    assertEquals(Verdict.NO_CHANGE, verdict(1.0499, 1.01, 1.09));
  }

  @Test
  void anIntervalThatBeginsAtOneIsNotSlower() {
    assertEquals(Verdict.UNDECIDED, verdict(1.06, 1, 1.12));
    assertEquals(Verdict.SLOWER, verdict(1.06, Math.nextUp(1.0), 1.12));
  }

  @Test
  void fivePercentLessAreFaster() {
    assertEquals(Verdict.FASTER, verdict(1 / FIVE_PERCENT, 0.8, 0.99));
    assertEquals(Verdict.NO_CHANGE, verdict(0.953, 0.93, 0.99));
  }

  @Test
  void anIntervalThatEndsAtOneIsNotFaster() {
    assertEquals(Verdict.UNDECIDED, verdict(0.9, 0.8, 1));
    assertEquals(Verdict.FASTER, verdict(0.9, 0.8, Math.nextDown(1.0)));
  }

  @Test
  void anIntervalWithinTwiceTheSmallestChangeIsNoChange() {
    assertEquals(Verdict.NO_CHANGE, verdict(1, 1 / TEN_PERCENT, TEN_PERCENT));
    assertEquals(Verdict.UNDECIDED, verdict(1, 1 / TEN_PERCENT, Math.nextUp(TEN_PERCENT)));
    assertEquals(Verdict.UNDECIDED, verdict(1, Math.nextDown(1 / TEN_PERCENT), TEN_PERCENT));
  }

  private static Verdict verdict(double ratio, double low, double high) {
    return ChangeRule.USUAL.verdict(new RatioInterval(ratio, low, high));
  }
}
