package dev.fanbench.reports.chart;

import java.util.ArrayList;
import java.util.List;

/**
 * Round values on a logarithmic axis: 1, 2 and 5 times the powers of ten.
 *
 * @param values ascending
 */
record LogScale(List<Double> values) {

  private static final double[] MULTIPLES = {1, 2, 5};
  private static final double SLACK = 1e-9;
  private static final int FEW = 4;

  /** The begin of an axis of values down to zero, which has no place on it: a cent. */
  static final double LEAST = 0.01;

  /**
   * From the last step that is not over {@code min} to the first that is not under {@code max}. The
   * axis begins at {@link #LEAST} if {@code min} is 0 or negative.
   */
  static LogScale covering(double min, double max) {
    return min > 0 ? between(min, max) : between(LEAST, max);
  }

  private static LogScale between(double min, double max) {
    List<Double> values = new ArrayList<>();
    for (int power = (int) Math.floor(Math.log10(min)); ; power++) {
      for (double multiple : MULTIPLES) {
        double value = multiple * Math.pow(10, power);
        if (value <= min * (1 + SLACK)) {
          values.clear();
        }
        values.add(value);
        if (value >= max * (1 - SLACK) && values.size() > 1) {
          return new LogScale(List.copyOf(values));
        }
      }
    }
  }

  /** Position of a value along the axis, from 0 to 1. */
  double share(double value) {
    double low = Math.log10(values.get(0));
    return (Math.log10(value) - low) / (Math.log10(values.get(values.size() - 1)) - low);
  }

  /** The value at a position along the axis. */
  double valueAt(double share) {
    double low = values.get(0);
    return low * Math.pow(values.get(values.size() - 1) / low, share);
  }

  /** Powers of ten and both ends are labelled; all steps when there are few. */
  boolean labelled(double value) {
    boolean end = value == values.get(0) || value == values.get(values.size() - 1);
    return end || values.size() <= FEW || isPowerOfTen(value);
  }

  static boolean isPowerOfTen(double value) {
    double power = Math.log10(value);
    return Math.abs(power - Math.rint(power)) < SLACK;
  }
}
