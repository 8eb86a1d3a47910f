package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.PercentileValue;
import dev.fanbench.measurement.run.UnitFormat;

/**
 * A value relative to a reference.
 *
 * @param value the quotient; infinite when undelivered, NaN when there is nothing to divide
 */
public record Ratio(double value) {

  /** No ratio. */
  public static final Ratio NONE = new Ratio(Double.NaN);

  /** The smallest effect worth a word, by METHODOLOGY.md. */
  public static final double MINIMUM_EFFECT = 1.05;

  /**
   * One quoted value over another; none unless the reference is a time over 0 and the value is
   * known.
   */
  public static Ratio of(PercentileValue value, PercentileValue reference) {
    if (!(reference instanceof PercentileValue.Time best)
        || best.nanos() == 0
        || value instanceof PercentileValue.TooFewSamples) {
      return NONE;
    }
    return value instanceof PercentileValue.Time time
        ? new Ratio((double) time.nanos() / best.nanos())
        : new Ratio(Double.POSITIVE_INFINITY);
  }

  /** True when there is a ratio. */
  public boolean known() {
    return !Double.isNaN(value);
  }

  /** {@code 1×}, {@code 6.1×}, {@code ∞}, or a dash. */
  public String text() {
    if (!known()) {
      return "–";
    }
    return Double.isInfinite(value) ? "∞" : UnitFormat.ratio(value);
  }
}
