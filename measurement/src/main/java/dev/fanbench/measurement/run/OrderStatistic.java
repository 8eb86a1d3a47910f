package dev.fanbench.measurement.run;

import java.util.OptionalLong;
import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * Finds the samples between which the true percentile lies, whatever the distribution.
 *
 * <p>Of {@code n} independent samples, the number below the true percentile {@code p} has a
 * binomial distribution. So the sample at rank {@code u} is not below the percentile with the
 * probability that fewer than {@code u} of {@code n} are.
 */
final class OrderStatistic {
  private OrderStatistic() {}

  /**
   * The lowest rank, from 1, whose sample is not below the percentile.
   *
   * @param beyond the probability that the percentile is above it all the same
   * @return empty when even the largest sample may be below
   */
  static OptionalLong upper(Percentile percentile, long independent, double beyond) {
    if (independent == 0) {
      return OptionalLong.empty();
    }
    long rank = below(percentile, independent).inverseSurvivalProbability(beyond) + 1L;
    return rank > independent ? OptionalLong.empty() : OptionalLong.of(rank);
  }

  /**
   * The highest rank, from 1, whose sample is not above the percentile.
   *
   * @param beyond the probability that the percentile is below it all the same
   * @return empty when even the smallest sample may be above
   */
  static OptionalLong lower(Percentile percentile, long independent, double beyond) {
    if (independent == 0) {
      return OptionalLong.empty();
    }
    long rank = below(percentile, independent).inverseCumulativeProbability(beyond);
    return rank == 0 ? OptionalLong.empty() : OptionalLong.of(rank);
  }

  /** The fewest independent samples of which the largest is not below the percentile. */
  static long fewest(Percentile percentile, double beyond) {
    return (long) Math.ceil(Math.log(beyond) / Math.log(percentile.share()));
  }

  private static BinomialDistribution below(Percentile percentile, long independent) {
    int samples = (int) Math.min(independent, Integer.MAX_VALUE);
    return BinomialDistribution.of(samples, percentile.share());
  }
}
