package dev.fanbench.measurement.change;

import dev.fanbench.measurement.run.BlockMedian;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.IntToDoubleFunction;
import java.util.stream.IntStream;

/**
 * The ratio of two targets that took turns, from their pairs of blocks or of whole runs.
 *
 * <p>Two members of a pair are neighbours in time, so that a noisy moment of the machine is in
 * both. The interval is the mean of the pairs' log ratios ± Student's t × their standard error.
 */
public final class PairedRatio {
  /** Fewer pairs say nothing of their scatter. */
  static final int FEWEST_PAIRS = 3;

  private PairedRatio() {}

  /**
   * The ratio of median times. The load may have added some of each time, which widens the
   * interval. Its lower end is of the least times over the measured ones, and its upper end of the
   * opposite.
   *
   * @param base the medians of one target's blocks
   * @param now those of the other, block by block
   * @return empty when the blocks are no pairs, or too few
   */
  public static Optional<RatioInterval> of(List<BlockMedian> base, List<BlockMedian> now) {
    boolean delivered =
        IntStream.range(0, Math.min(base.size(), now.size()))
            .noneMatch(i -> isNever(base.get(i)) || isNever(now.get(i)));
    if (!delivered || base.size() != now.size() || base.size() < FEWEST_PAIRS) {
      return Optional.empty();
    }
    double[] measured = logs(base, i -> ratio(now.get(i).nanos(), base.get(i).nanos()));
    double[] least = logs(base, i -> ratio(now.get(i).leastNanos(), base.get(i).nanos()));
    double[] most = logs(base, i -> ratio(now.get(i).nanos(), base.get(i).leastNanos()));
    return Optional.of(
        new RatioInterval(
            Math.exp(SampleMean.of(measured).mean()),
            Math.exp(end(least, -1, RatioInterval.CONFIDENCE)),
            Math.exp(end(most, 1, RatioInterval.CONFIDENCE))));
  }

  /**
   * The ratio of amounts that are known exactly, such as CPU time.
   *
   * @return empty when the blocks are no pairs, or too few, or an amount is not over 0 and finite
   */
  public static Optional<RatioInterval> of(double[] base, double[] now) {
    return of(base, now, RatioInterval.CONFIDENCE);
  }

  /**
   * The ratio of amounts that are known exactly.
   *
   * @param confidence of the interval, from 0 to 1
   * @return empty when the amounts are no pairs, or too few, or an amount is not over 0 and finite
   */
  static Optional<RatioInterval> of(double[] base, double[] now, double confidence) {
    boolean known =
        Arrays.stream(base).allMatch(PairedRatio::isAmount)
            && Arrays.stream(now).allMatch(PairedRatio::isAmount);
    if (!known || base.length != now.length || base.length < FEWEST_PAIRS) {
      return Optional.empty();
    }
    double[] logs =
        IntStream.range(0, base.length).mapToDouble(i -> Math.log(now[i] / base[i])).toArray();
    return Optional.of(
        new RatioInterval(
            Math.exp(SampleMean.of(logs).mean()),
            Math.exp(end(logs, -1, confidence)),
            Math.exp(end(logs, 1, confidence)),
            confidence));
  }

  private static boolean isAmount(double value) {
    return value > 0 && Double.isFinite(value);
  }

  private static boolean isNever(BlockMedian median) {
    return median.nanos() == Long.MAX_VALUE;
  }

  private static double[] logs(List<BlockMedian> blocks, IntToDoubleFunction ratio) {
    return IntStream.range(0, blocks.size())
        .mapToDouble(i -> Math.log(ratio.applyAsDouble(i)))
        .toArray();
  }

  private static double ratio(long now, long base) {
    return (double) now / base;
  }

  /**
   * An end of the interval of a mean. An infinite mean has no scatter, and is the end itself.
   *
   * @param sign -1 for the lower end, 1 for the upper
   */
  private static double end(double[] values, int sign, double confidence) {
    SampleMean sample = SampleMean.of(values);
    return Double.isInfinite(sample.mean())
        ? sample.mean()
        : sample.mean() + sign * sample.reach(confidence);
  }
}
