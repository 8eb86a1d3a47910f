package dev.fanbench.reports.jmh;

/**
 * A figure of JMH's.
 *
 * @param score the mean of all iterations
 * @param error half of its 99.9 % interval; NaN where there were too few iterations for one
 * @param unit as JMH names it, {@code ns/op}
 */
public record JmhMetric(double score, double error, String unit) {

  /** The same for each of so many parts. */
  JmhMetric dividedBy(double parts, String perPart) {
    return new JmhMetric(score / parts, error / parts, perPart);
  }

  /** True when there were enough iterations for an interval. */
  boolean hasInterval() {
    return !Double.isNaN(error);
  }

  /** True when both have an interval and the intervals do not overlap. */
  boolean differsFrom(JmhMetric other) {
    return Math.abs(score - other.score) > error + other.error;
  }
}
