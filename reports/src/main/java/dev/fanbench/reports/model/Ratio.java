package dev.fanbench.reports.model;

import dev.fanbench.measurement.change.RatioInterval;
import dev.fanbench.measurement.run.PercentileInterval;
import dev.fanbench.measurement.run.PercentileValue;
import dev.fanbench.measurement.run.UnitFormat;

/**
 * A value relative to a reference.
 *
 * @param value the quotient; infinite when undelivered, NaN when there is nothing to divide
 * @param low the least that the true quotient can be; as large as {@code value} when not known
 * @param high the most that the true quotient can be; as large as {@code value} when not known
 */
public record Ratio(double value, double low, double high) {

  /** No ratio. */
  public static final Ratio NONE = new Ratio(Double.NaN);

  /** The smallest effect worth a word, by METHODOLOGY.md. */
  public static final double MINIMUM_EFFECT = 1.05;

  /** An interval this narrow, as a share on both sides, is not told. */
  private static final double NARROW = 0.1;

  /** A quotient of which no interval is known. */
  public Ratio(double value) {
    this(value, value, value);
  }

  /**
   * One quoted value over another; none unless the reference is a time over 0 and the value is
   * known. Its interval reaches from the least value over the largest reference to the opposite.
   */
  public static Ratio of(PercentileValue value, PercentileValue reference) {
    if (!(reference instanceof PercentileValue.Time best)
        || best.nanos() == 0
        || value instanceof PercentileValue.TooFewSamples) {
      return NONE;
    }
    if (!(value instanceof PercentileValue.Time time)) {
      return new Ratio(Double.POSITIVE_INFINITY);
    }
    if (time.equals(best)) {
      return new Ratio(1);
    }
    double low = (double) time.interval().lowNanos() / best.interval().highNanos();
    double high =
        time.interval().highNanos() == PercentileInterval.NONE
            ? Double.POSITIVE_INFINITY
            : (double) time.interval().highNanos() / best.interval().lowNanos();
    return new Ratio((double) time.nanos() / best.nanos(), low, high);
  }

  /** A ratio with its interval. */
  static Ratio of(RatioInterval interval) {
    return new Ratio(interval.ratio(), interval.low(), interval.high());
  }

  /** True when there is a ratio. */
  public boolean known() {
    return !Double.isNaN(value);
  }

  /** Whether the true quotient is over 1 for certain, by an effect that is worth a word. */
  public boolean exceedsOne() {
    return low > 1 && value >= MINIMUM_EFFECT;
  }

  /** {@code 1×}, {@code 6.1×}, {@code ∞}, or a dash. */
  public String brief() {
    if (!known()) {
      return "–";
    }
    return Double.isInfinite(value) ? "∞" : UnitFormat.ratio(value);
  }

  /** The interval where it is wide: {@code 5 to 7.4×}, {@code at least 5×}; otherwise empty. */
  public String range() {
    boolean narrow = low >= (1 - NARROW) * value && high <= (1 + NARROW) * value;
    if (!known() || Double.isInfinite(value) || narrow) {
      return "";
    }
    return Double.isInfinite(high)
        ? "at least " + UnitFormat.ratio(low)
        : UnitFormat.ratios(low, high);
  }

  /** For sentences: {@code 6.1×}, and {@code 6.1× (5 to 7.4×)} where the interval is wide. */
  public String text() {
    return range().isEmpty() ? brief() : brief() + " (" + range() + ")";
  }

  /** For sentences in brackets: {@code 6.1×, 5 to 7.4×}, without the interval if it is narrow. */
  public String listed() {
    return range().isEmpty() ? brief() : brief() + ", " + range();
  }
}
