package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.Quoted;
import dev.fanbench.measurement.run.Units;

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
  public static Ratio of(Quoted value, Quoted reference) {
    if (!(reference instanceof Quoted.Time best)
        || best.nanos() == 0
        || value instanceof Quoted.TooFewSamples) {
      return NONE;
    }
    return value instanceof Quoted.Time time
        ? new Ratio((double) time.nanos() / best.nanos())
        : new Ratio(Double.POSITIVE_INFINITY);
  }

  /** Whether there is one. */
  public boolean known() {
    return !Double.isNaN(value);
  }

  /** {@code 1×}, {@code 6.1×}, {@code ∞}, or a dash. */
  public String text() {
    if (!known()) {
      return "–";
    }
    return Double.isInfinite(value) ? "∞" : Units.ratio(value);
  }
}
