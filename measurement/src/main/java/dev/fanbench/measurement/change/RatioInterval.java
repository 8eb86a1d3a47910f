package dev.fanbench.measurement.change;

import dev.fanbench.measurement.run.UnitFormat;

/**
 * New ÷ base, and the interval that holds it.
 *
 * @param ratio of the two values
 * @param low end of the interval
 * @param high end of the interval; infinite when there is none
 * @param confidence the share of such intervals that hold the true ratio, from 0 to 1
 */
public record RatioInterval(double ratio, double low, double high, double confidence) {

  /** The confidence of a comparison that is looked at once. */
  public static final double CONFIDENCE = 0.99;

  /** A change is told in percent up to this ratio, and as a ratio beyond. */
  private static final double LARGEST_IN_PERCENT = 2;

  /** An interval of 99 %. */
  public RatioInterval(double ratio, double low, double high) {
    this(ratio, low, high, CONFIDENCE);
  }

  /** The interval of two sides that know nothing of each other. */
  static RatioInterval of(Estimate base, Estimate now) {
    double ratio = now.value() / base.value();
    double error = Math.hypot(base.logError(), now.logError());
    if (error == 0) {
      return new RatioInterval(ratio, ratio, ratio);
    }
    double reach = error * student(freedom(base, now));
    return new RatioInterval(ratio, ratio * Math.exp(-reach), ratio * Math.exp(reach));
  }

  /** Degrees of freedom by Welch and Satterthwaite: the noisier side counts for more. */
  private static double freedom(Estimate base, Estimate now) {
    double first = base.logError() * base.logError();
    double second = now.logError() * now.logError();
    return (first + second)
        * (first + second)
        / (first * first / (base.runs() - 1) + second * second / (now.runs() - 1));
  }

  /** Student's t for the interval. A side that delivered nothing has no freedom, and no bound. */
  private static double student(double freedom) {
    return Double.isNaN(freedom)
        ? Double.POSITIVE_INFINITY
        : SampleMean.student(freedom, CONFIDENCE);
  }

  /** The same, so wide that it holds these ends, too. */
  RatioInterval spanning(double otherLow, double otherHigh) {
    return new RatioInterval(ratio, Math.min(low, otherLow), Math.max(high, otherHigh), confidence);
  }

  /**
   * Whether the true ratio is at most this far from the one measured.
   *
   * @param precision as a share: 0.05 for 5 %
   */
  public boolean isWithin(double precision) {
    return high <= ratio * (1 + precision) && ratio <= low * (1 + precision);
  }

  /** The confidence in words, such as {@code 99 %} or {@code 99.8 %}. */
  public String confidenceText() {
    return UnitFormat.percent(confidence);
  }

  /** {@code −17.2 % [−20 %, −14 %]}, or {@code 3.1× [2.5×, 3.9×]} where a percentage is large. */
  public String text() {
    return high <= LARGEST_IN_PERCENT
        ? text(
            UnitFormat.change(ratio - 1), UnitFormat.change(low - 1), UnitFormat.change(high - 1))
        : text(
            UnitFormat.ratio(ratio),
            UnitFormat.ratio(low),
            Double.isFinite(high) ? UnitFormat.ratio(high) : "no end");
  }

  private static String text(String value, String least, String most) {
    return value + " [" + least + ", " + most + "]";
  }
}
