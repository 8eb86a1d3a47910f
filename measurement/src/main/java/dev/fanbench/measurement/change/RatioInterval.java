package dev.fanbench.measurement.change;

import dev.fanbench.measurement.run.UnitFormat;

/**
 * New ÷ base, and where it lies with 99 % confidence.
 *
 * @param ratio of the two values
 * @param low end of the interval
 * @param high end of the interval
 */
public record RatioInterval(double ratio, double low, double high) {

  /** The smallest change worth a word. */
  public static final double MINIMUM_EFFECT = 0.05;

  /**
   * Student's t that leaves out 1 % on both sides together, by degrees of freedom from 1. The last
   * value holds for all higher degrees. Any table of the distribution has these.
   */
  private static final double[] STUDENT_99 = {
    63.657, 9.925, 5.841, 4.604, 4.032, 3.707, 3.499, 3.355, 3.250, 3.169, 3.106, 3.055, 3.012,
    2.977, 2.947, 2.921, 2.898, 2.878, 2.861, 2.845
  };

  /** The interval of two sides that know nothing of each other. */
  static RatioInterval of(Estimate base, Estimate now) {
    double ratio = now.value() / base.value();
    double error = Math.hypot(base.logError(), now.logError());
    if (error == 0) {
      return new RatioInterval(ratio, ratio, ratio);
    }
    double reach = student99(freedom(base, now)) * error;
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

  private static double student99(double freedom) {
    int row = Math.max(1, Math.min(STUDENT_99.length, (int) freedom));
    return STUDENT_99[row - 1];
  }

  /** Whether the new side takes longer, by more than chance and by enough to count. */
  boolean slower() {
    return low > 1 && ratio >= 1 + MINIMUM_EFFECT;
  }

  /** Whether the new side takes less, by more than chance and by enough to count. */
  boolean faster() {
    return high < 1 && ratio <= 1 / (1 + MINIMUM_EFFECT);
  }

  /** {@code 1.12× [1.07×, 1.18×]}. */
  public String text() {
    return UnitFormat.ratio(ratio)
        + " ["
        + UnitFormat.ratio(low)
        + ", "
        + UnitFormat.ratio(high)
        + "]";
  }
}
