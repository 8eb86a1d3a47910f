package dev.fanbench.measurement.run;

/**
 * The range that holds a true percentile.
 *
 * @param lowNanos the lower end; 0 when there are too few samples for one
 * @param highNanos the upper end; {@link #NONE} when there are too few samples for one, or
 *     deliveries that never came rank there
 */
public record PercentileInterval(long lowNanos, long highNanos) {
  /** The upper end of an interval that has none. */
  public static final long NONE = Long.MAX_VALUE;

  /** Whether it reaches no further than this share of a value below and above it. */
  boolean within(double share, long nanos) {
    return lowNanos >= (1 - share) * nanos && highNanos <= (1 + share) * nanos;
  }

  /** For tables: {@code 9.1 to 12 ms}, {@code at least 9.1 ms}. */
  public String text() {
    return highNanos == NONE
        ? "at least " + UnitFormat.time(lowNanos)
        : UnitFormat.times(lowNanos, highNanos);
  }
}
