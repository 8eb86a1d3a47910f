package dev.fanbench.measurement.change;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * The mean of a sample and its scatter.
 *
 * @param count of values
 * @param mean of them
 * @param squares sum of the squared distances from the mean
 */
record SampleMean(int count, double mean, double squares) {

  /** Of all values, at least one. */
  static SampleMean of(double[] values) {
    return of(values, 0, values.length);
  }

  /** Of the values from one index up to before another. */
  static SampleMean of(double[] values, int from, int to) {
    double mean = Arrays.stream(values, from, to).sum() / (to - from);
    double squares =
        Arrays.stream(values, from, to).map(each -> (each - mean) * (each - mean)).sum();
    return new SampleMean(to - from, mean, squares);
  }

  /** Standard error of the mean; NaN of an infinite one, and of one value. */
  double standardError() {
    return Math.sqrt(squares / (count - 1) / count);
  }

  /**
   * Half of the interval of the mean: Student's t × the standard error.
   *
   * @param confidence of the interval, from 0 to 1
   */
  double reach(double confidence) {
    return student(count - 1.0, confidence) * standardError();
  }

  /** Student's t that so many of two-sided intervals reach. */
  static double student(double freedom, double confidence) {
    return TDistribution.of(freedom).inverseSurvivalProbability((1 - confidence) / 2);
  }
}
