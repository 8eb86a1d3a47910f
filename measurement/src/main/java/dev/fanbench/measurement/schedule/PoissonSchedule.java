package dev.fanbench.measurement.schedule;

import java.util.Random;

/**
 * Arrivals of a Poisson process: independent gaps, exponentially distributed. The first arrival
 * stands at 0, as the process has no memory of when it began.
 *
 * <p>One seed gives one schedule on every machine and JDK: {@link Random} is the generator whose
 * algorithm its specification fixes, and {@link StrictMath} the logarithm that is equal everywhere.
 */
public final class PoissonSchedule implements SendSchedule {

  private final long[] offsetNanos;

  /**
   * Draws the whole schedule, 8 bytes an arrival.
   *
   * @param ratePerSecond mean arrivals per second, over 0
   * @param count arrivals that can be asked for
   */
  public PoissonSchedule(double ratePerSecond, int count, long seed) {
    if (!(ratePerSecond > 0 && Double.isFinite(ratePerSecond))) {
      throw new IllegalArgumentException(
          "rate=" + ratePerSecond + " is not allowed, must be over 0");
    }
    offsetNanos = new long[count];
    double meanGapNanos = 1e9 / ratePerSecond;
    Random random = new Random(seed);
    double atNanos = 0;
    for (int n = 1; n < count; n++) {
      atNanos -= StrictMath.log(1 - random.nextDouble()) * meanGapNanos;
      offsetNanos[n] = Math.round(atNanos);
    }
  }

  @Override
  public long offsetNanos(int n) {
    return offsetNanos[n];
  }
}
