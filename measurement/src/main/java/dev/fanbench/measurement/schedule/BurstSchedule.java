package dev.fanbench.measurement.schedule;

/**
 * Arrivals in bursts: those of one burst have one intended time, and bursts are evenly spaced. The
 * rate is that of arrivals, so bursts come at the rate ÷ their size.
 *
 * @param ratePerSecond of arrivals, over 0
 * @param size arrivals of a burst, at least 1
 */
public record BurstSchedule(double ratePerSecond, int size) implements SendSchedule {

  public BurstSchedule {
    if (!(ratePerSecond > 0 && Double.isFinite(ratePerSecond)) || size < 1) {
      throw new IllegalArgumentException(
          "rate=" + ratePerSecond + ", burst=" + size + " is not allowed, must be over 0");
    }
  }

  @Override
  public long offsetNanos(int n) {
    int first = n - n % size;
    return Math.round(first * 1e9 / ratePerSecond);
  }
}
