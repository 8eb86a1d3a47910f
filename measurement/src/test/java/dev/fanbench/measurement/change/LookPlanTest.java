package dev.fanbench.measurement.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;

/**
 * The error rates of whole series: pairs are drawn and looked at as {@code ab --precision} does.
 * Both runs of a pair share the machine's moment, which varies by half; each run has luck of its
 * own, which varies by 2 %. All draws are seeded.
 */
class LookPlanTest {
  private static final int SERIES = 2_000;
  private static final double MOMENT = 0.5;
  private static final double LUCK = 0.02;
  private static final double PRECISION = 0.05;
  private static final LookPlan LOOKS = LookPlan.upTo(30);

  /** At 1 % there are 20 in 2,000 on average, and over 35 once in a thousand times. */
  private static final int BOUND = 35;

  @Test
  void looksAreFixedBeforehand() {
    assertEquals(List.of(5, 8, 12, 19, 30), LOOKS.pairs());
    assertEquals(0.998, LOOKS.confidence(), 1e-9);
    assertEquals(
        "At most 5 looks, after 5, 8, 12, 19, 30 pairs; the interval of each has 99.8 %"
            + " confidence.",
        LOOKS.sentence());
    assertTrue(LOOKS.isLook(12));
    assertFalse(LOOKS.isLook(13));
    assertEquals(30, LOOKS.most());
  }

  @Test
  void aShortSeriesIsLookedAtLessOften() {
    assertEquals(List.of(4), LookPlan.upTo(4).pairs());
    assertEquals(List.of(5), LookPlan.upTo(5).pairs());
    assertEquals(List.of(5, 6), LookPlan.upTo(6).pairs());
    assertEquals(0.99, LookPlan.once(5).confidence(), 1e-9);
    assertEquals(0.995, LookPlan.upTo(6).confidence(), 1e-9);
  }

  /** From 5 to 7 in four steps are 5, 5.4, 5.9, 6.4 and 7 pairs. */
  @Test
  void looksAreWholeNumbersOfPairs() {
    assertEquals(List.of(5, 6, 7), LookPlan.upTo(7).pairs());
    assertEquals(7, LookPlan.upTo(7).most());
    assertEquals("One look, after 5 pairs.", LookPlan.upTo(5).sentence());
  }

  @Test
  void theSameThingTwiceIsCalledDifferentAtMostOnceInAHundredSeries() {
    int called = count(1, LUCK, 1, LookPlanTest::isChange);
    assertTrue(called <= BOUND, called + " of 2,000 were called different");
  }

  /** Luck of 20 % makes the first looks wide and unlike each other. */
  @Test
  void wildRunsAreCalledDifferentNoMoreOften() {
    int called = count(1, 0.2, 2, LookPlanTest::isChange);
    assertTrue(called <= BOUND, called + " of 2,000 were called different");
  }

  @Test
  void theIntervalHoldsTheTruthHoweverManyLooksThereWere() {
    int missed = count(1.07, 0.05, 3, ratio -> ratio.low() > 1.07 || ratio.high() < 1.07);
    assertTrue(missed <= BOUND, missed + " of 2,000 do not hold the ratio");
  }

  @Test
  void aTenthSlowerIsFoundNearlyAlways() {
    int found = count(1.1, LUCK, 4, ratio -> is(Verdict.SLOWER, ratio));
    assertTrue(found >= 0.99 * SERIES, found + " found");
  }

  /** The ratio itself must reach 5 %, so that exactly 5 % is found in half of the series. */
  @Test
  void fivePercentIsFoundInHalfOfTheSeriesAndNeverWithTheWrongSign() {
    int found = count(1.05, LUCK, 5, ratio -> is(Verdict.SLOWER, ratio));
    assertTrue(found >= 0.4 * SERIES && found <= 0.6 * SERIES, found + " found");
    assertEquals(0, count(1.05, LUCK, 5, ratio -> is(Verdict.FASTER, ratio)));
  }

  @Test
  void fivePercentIsFoundNearlyAlwaysWhereTwoPercentCount() {
    ChangeRule rule = new ChangeRule(LOOKS.confidence(), 0.02);
    int found = count(1.05, LUCK, 0.03, 6, ratio -> rule.verdict(ratio) == Verdict.SLOWER);
    assertTrue(found >= 0.98 * SERIES, found + " found");
    int different =
        count(
            1,
            LUCK,
            0.03,
            7,
            ratio ->
                rule.verdict(ratio) == Verdict.SLOWER || rule.verdict(ratio) == Verdict.FASTER);
    assertTrue(different <= BOUND, different + " of 2,000 were called different");
  }

  @Test
  void aSeriesEndsAtTheFirstLookThatIsPreciseEnough() {
    double[] same = {1, 1, 1, 1, 1};
    RatioInterval exact = PairedRatio.of(same, same, LOOKS.confidence()).orElseThrow();
    assertTrue(exact.isWithin(PRECISION));
    assertFalse(new RatioInterval(1, 0.94, 1.05).isWithin(PRECISION));
    assertFalse(new RatioInterval(1, 0.96, 1.06).isWithin(PRECISION));
    assertTrue(new RatioInterval(2, 1.95, 2.05).isWithin(PRECISION));
  }

  private static boolean isChange(RatioInterval ratio) {
    return is(Verdict.SLOWER, ratio) || is(Verdict.FASTER, ratio);
  }

  private static boolean is(Verdict verdict, RatioInterval ratio) {
    return ChangeRule.USUAL.verdict(ratio) == verdict;
  }

  private static int count(double truth, double luck, int seed, Predicate<RatioInterval> which) {
    return count(truth, luck, PRECISION, seed, which);
  }

  private static int count(
      double truth, double luck, double precision, int seed, Predicate<RatioInterval> which) {
    Random random = new Random(seed);
    int counted = 0;
    for (int series = 0; series < SERIES; series++) {
      counted += which.test(series(truth, luck, precision, random)) ? 1 : 0;
    }
    return counted;
  }

  private static RatioInterval series(double truth, double luck, double precision, Random random) {
    double[] base = new double[LOOKS.most()];
    double[] now = new double[LOOKS.most()];
    RatioInterval ratio = null;
    for (int pair = 0; pair < LOOKS.most(); pair++) {
      double moment = Math.exp(MOMENT * random.nextGaussian());
      base[pair] = moment * Math.exp(luck * random.nextGaussian());
      now[pair] = truth * moment * Math.exp(luck * random.nextGaussian());
      if (LOOKS.isLook(pair + 1)) {
        ratio =
            PairedRatio.of(
                    Arrays.copyOf(base, pair + 1), Arrays.copyOf(now, pair + 1), LOOKS.confidence())
                .orElseThrow();
        if (ratio.isWithin(precision)) {
          return ratio;
        }
      }
    }
    return ratio;
  }
}
