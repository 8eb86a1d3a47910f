package dev.fanbench.measurement.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OrderStatisticTest {
  /** By hand: the largest of n is below the percentile p with the probability pⁿ. */
  @ParameterizedTest
  @CsvSource({
    "P50, 0.005, 8",
    "P90, 0.005, 51",
    "P99, 0.005, 528",
    "P99_9, 0.005, 5296",
    "P99, 0.01, 459",
  })
  void upperEndNeedsSoManySamples(Percentile percentile, double beyond, long fewest) {
    assertEquals(fewest, OrderStatistic.fewest(percentile, beyond));
    assertEquals(fewest, OrderStatistic.upper(percentile, fewest, beyond).getAsLong());
    assertTrue(OrderStatistic.upper(percentile, fewest - 1, beyond).isEmpty());
  }

  @Test
  void lowerEndIsTheUpperEndOfTheMirroredMedian() {
    for (int samples = 8; samples < 500; samples++) {
      long upper = OrderStatistic.upper(Percentile.P50, samples, 0.005).getAsLong();
      long lower = OrderStatistic.lower(Percentile.P50, samples, 0.005).getAsLong();
      assertEquals(samples + 1, lower + upper, samples + " samples");
    }
    assertTrue(OrderStatistic.lower(Percentile.P50, 7, 0.005).isEmpty());
    assertTrue(OrderStatistic.lower(Percentile.P50, 0, 0.005).isEmpty());
  }

  /** Draws of known percentiles: each end is wrong in at most the stated share of them. */
  @ParameterizedTest
  @CsvSource({"P50, 40", "P90, 200", "P99, 1500"})
  void endsAreWrongAsRarelyAsStated(Percentile percentile, int samples) {
    long lower = OrderStatistic.lower(percentile, samples, 0.01).getAsLong();
    long upper = OrderStatistic.upper(percentile, samples, 0.01).getAsLong();
    Random random = new Random(1);
    int draws = 4_000;
    int low = 0;
    int high = 0;
    for (int draw = 0; draw < draws; draw++) {
      int below = 0;
      for (int i = 0; i < samples; i++) {
        below += random.nextDouble() < percentile.share() ? 1 : 0;
      }
      // The sample at rank r is below the percentile when at least r samples are.
      low += below < lower ? 1 : 0;
      high += below >= upper ? 1 : 0;
    }
    assertTrue(low <= 0.015 * draws, low + " lower ends too high");
    assertTrue(high <= 0.015 * draws, high + " upper ends too low");
  }
}
