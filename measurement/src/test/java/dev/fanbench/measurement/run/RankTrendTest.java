package dev.fanbench.measurement.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RankTrendTest {
  @Test
  void fiveRisingPointsAreEnough() {
    assertTrue(RankTrend.rises(1, 2, 3, 4, 5));
    assertTrue(RankTrend.falls(5, 4, 3, 2, 1));
    assertFalse(RankTrend.rises(1, 3, 2, 4, 5), "one pair falls: 5 orders of 120");
    assertFalse(RankTrend.rises(1, 2, 3, 4));
    assertFalse(RankTrend.rises());
  }

  /** By hand: one order of 120 has no falling pair, four have one. */
  @Test
  void ordersAreCounted() {
    assertEquals(1 / 120.0, RankTrend.byChance(5, 0), 1e-12);
    assertEquals(5 / 120.0, RankTrend.byChance(5, 1), 1e-12);
    assertEquals(1, RankTrend.byChance(5, 10), 1e-12);
  }

  @Test
  void randomPointsRiseAsRarelyAsStated() {
    Random random = new Random(1);
    for (int n : new int[] {8, 40}) {
      long rising =
          IntStream.range(0, 2_000)
              .filter(draw -> RankTrend.rises(random.doubles(n).toArray()))
              .count();
      assertTrue(rising <= 35, rising + " of 2,000 series of " + n + " points rise");
    }
  }
}
