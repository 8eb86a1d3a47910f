package dev.fanbench.emulator.latency;

import java.util.random.RandomGenerator;

/**
 * A log-normal distribution by its median and its 99th percentile; where both are equal, it is that
 * one value.
 *
 * @param p50Nanos median, over 0
 * @param p99Nanos not under the median
 */
record LogNormal(double p50Nanos, double p99Nanos) {
  /** The 99th percentile of the standard normal distribution. */
  private static final double STANDARD_P99 = 2.3263478740408408;

  LogNormal {
    if (!(p50Nanos > 0 && p99Nanos >= p50Nanos)) {
      throw new IllegalArgumentException(
          "p50 is %s ns and p99 is %s ns; allowed: 0 < p50 <= p99".formatted(p50Nanos, p99Nanos));
    }
  }

  /** One value, in nanoseconds. */
  long draw(RandomGenerator random) {
    double sigma = Math.log(p99Nanos / p50Nanos) / STANDARD_P99;
    return Math.round(p50Nanos * Math.exp(sigma * random.nextGaussian()));
  }
}
