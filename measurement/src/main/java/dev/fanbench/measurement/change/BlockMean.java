package dev.fanbench.measurement.change;

import java.util.Optional;

/**
 * The mean of an amount over the blocks of a phase. The interval holds the true mean in 99 of 100
 * cases. It is Student's t × the standard error on both sides.
 *
 * @param value the mean
 * @param low the lower end
 * @param high the upper end
 */
public record BlockMean(double value, double low, double high) {

  /**
   * The mean of amounts that are known exactly.
   *
   * @return empty when there are fewer than 3, which say nothing of their scatter
   */
  public static Optional<BlockMean> of(double[] amounts) {
    if (amounts.length < PairedRatio.FEWEST_PAIRS) {
      return Optional.empty();
    }
    SampleMean sample = SampleMean.of(amounts);
    double reach = sample.reach(RatioInterval.CONFIDENCE);
    return Optional.of(new BlockMean(sample.mean(), sample.mean() - reach, sample.mean() + reach));
  }
}
