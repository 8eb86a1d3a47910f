package dev.fanbench.reports.chart;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Round values from zero upwards: steps of 1, 2, 2.5 or 5 times a power of ten.
 *
 * @param step distance
 * @param count steps up to the top
 */
record LinearScale(double step, int count) {

  private static final int MOST = 6;

  /** At most six steps whose top is not below {@code max}. */
  static LinearScale covering(double max) {
    if (max <= 0) {
      return new LinearScale(1, 1);
    }
    double power = Math.pow(10, Math.floor(Math.log10(max / MOST)));
    for (double multiple : new double[] {1, 2, 2.5, 5, 10}) {
      double step = multiple * power;
      int count = (int) Math.ceil(max / step - 1e-9);
      if (count <= MOST) {
        return new LinearScale(step, count);
      }
    }
    throw new IllegalArgumentException("no steps cover " + max);
  }

  double top() {
    return step * count;
  }

  List<Double> values() {
    return IntStream.rangeClosed(0, count).mapToObj(i -> i * step).toList();
  }
}
