package dev.fanbench.measurement.run;

import java.util.BitSet;
import java.util.List;

/**
 * Estimates how many independent samples a sequence of dependent ones is worth.
 *
 * <p>Neighbouring publications share queues, pauses and noisy moments, so a slow one is often
 * followed by another. For a percentile only one thing about a sample matters: whether it is over
 * that percentile. So the estimate is {@code n ÷ (1 + 2 Σ ρ)}, where {@code ρ} is the
 * autocorrelation of that. The sum ends before the first two neighbouring terms whose sum is not
 * positive (Geyer 1992, "Practical Markov Chain Monte Carlo"): without such an end it is always −½.
 */
final class EffectiveCount {
  private EffectiveCount() {}

  /**
   * The count of independent samples with the same information.
   *
   * @param blocks whether each sample is over the percentile, in order; samples of two blocks are
   *     not compared with each other, because time passes between blocks
   * @return at least 1 and at most the number of samples, 0 of none
   */
  static long of(List<Block> blocks) {
    long samples = blocks.stream().mapToLong(Block::size).sum();
    double over = blocks.stream().mapToLong(block -> block.over().cardinality()).sum();
    if (over == 0 || over == samples) {
      return samples;
    }
    double mean = over / samples;
    double variance = mean * (1 - mean);
    int longest = blocks.stream().mapToInt(Block::size).max().orElse(0);
    double sum = 0;
    for (int lag = 0; lag < longest; lag += 2) {
      double pair = covariance(blocks, lag, mean) + covariance(blocks, lag + 1, mean);
      if (pair <= 0) {
        break;
      }
      sum += pair / samples / variance;
    }
    double worthOne = Math.max(1, 2 * sum - 1);
    return Math.max(1, (long) (samples / worthOne));
  }

  /**
   * The least that {@link #of} can be, in whatever order the samples come. All that are over the
   * percentile may be one run. Then each of {@code m} has at most {@code m − 1} neighbours that are
   * over it too, so that the sum of {@code ρ} is at most {@code (m − 1) ÷ 2 (1 − m ÷ n)}. Blocks of
   * different sizes add at most {@code m ÷ 2 blocks} to the numerator.
   *
   * @param samples all samples
   * @param over how many may be over the percentile, at most
   * @param blocks how many blocks they are in
   */
  static long fewest(long samples, long over, int blocks) {
    if (over == 0 || samples == 0) {
      return samples;
    }
    double mean = (double) over / samples;
    double uneven = blocks > 1 ? (double) over / blocks : 0;
    double worthOne = 1 + (over - 1 + uneven) / (1 - mean);
    return Math.max(1, (long) (samples / worthOne));
  }

  private static double covariance(List<Block> blocks, int lag, double mean) {
    return blocks.stream().mapToDouble(block -> block.covariance(lag, mean)).sum();
  }

  /**
   * Samples that followed one another.
   *
   * @param over which of them are over the percentile
   * @param size how many there are
   */
  record Block(BitSet over, int size) {

    /** The sum of products of deviations of all pairs that are this far apart. */
    double covariance(int lag, double mean) {
      int pairs = size - lag;
      if (pairs <= 0) {
        return 0;
      }
      long first = over.get(0, pairs).cardinality();
      BitSet shifted = over.get(lag, size);
      long second = shifted.cardinality();
      shifted.and(over);
      return shifted.cardinality() - mean * (first + second) + pairs * mean * mean;
    }
  }
}
