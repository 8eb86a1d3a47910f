package dev.fanbench.measurement.run;

import java.util.Arrays;

/**
 * Tests a series for a trend by the method of Mann and Kendall: of all pairs of points, how many
 * more rise than fall. The test needs no straight line, and tolerates values that come and go.
 */
public final class RankTrend {
  /** Up to so many points all orders are counted; above, their number is normal enough. */
  private static final int COUNTED_POINTS = 30;

  /** The probability of so many rising pairs by chance, below which a series rises. */
  private static final double CHANCE = 0.01;

  /** Quantile of the normal distribution beyond which {@link #CHANCE} lies. */
  private static final double SURE = 2.326;

  private RankTrend() {}

  /** Whether the series rises; with fewer than five points it never does. */
  public static boolean rises(double... points) {
    int rising = 0;
    int n = points.length;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        rising += (int) Math.signum(points[j] - points[i]);
      }
    }
    if (n <= COUNTED_POINTS) {
      return byChance(n, (n * (n - 1) / 2 - rising) / 2) < CHANCE;
    }
    double spread = Math.sqrt(n * (n - 1.0) * (2.0 * n + 5) / 18);
    return (rising - 1) / spread > SURE;
  }

  /** Whether the series falls. */
  public static boolean falls(double... points) {
    return rises(Arrays.stream(points).map(point -> -point).toArray());
  }

  /** The share of all orders of {@code n} points that have at most so many falling pairs. */
  static double byChance(int n, int falling) {
    double[] shares = {1};
    for (int points = 2; points <= n; points++) {
      // The next point falls behind none to all of those before it, each equally often.
      double[] more = new double[shares.length + points - 1];
      for (int pairs = 0; pairs < more.length; pairs++) {
        for (int behind = 0; behind < points; behind++) {
          boolean possible = pairs >= behind && pairs - behind < shares.length;
          more[pairs] += possible ? shares[pairs - behind] / points : 0;
        }
      }
      shares = more;
    }
    return Arrays.stream(shares).limit(falling + 1L).sum();
  }
}
