package dev.fanbench.measurement.change;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.DoubleStream;

/**
 * A metric on one side, and how far other runs of that side would put it.
 *
 * @param value nanoseconds; infinite for what was not delivered
 * @param logError standard error of the value's logarithm; infinite where some draws were not
 *     delivered
 * @param runs behind it
 */
public record Estimate(double value, double logError, int runs) {

  /** Draws for each side: its error is then known to 2 %. */
  static final int DRAWS = 2_000;

  /** A value whose scatter is not asked for. */
  static Estimate exact(double value, int runs) {
    return new Estimate(value, 0, runs);
  }

  /**
   * Draws again and again.
   *
   * <p>Among {@code n} runs drawn from {@code n}, the variance comes out as {@code (n − 1) ÷ n} of
   * what it is among all runs there could be: with five runs a fifth is missing. It is put back.
   */
  static Estimate of(SampledMetric sampled, int draws, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] logs =
        DoubleStream.generate(() -> Math.log(sampled.draw(random))).limit(draws).toArray();
    double mean = Arrays.stream(logs).average().orElseThrow();
    if (!Double.isFinite(mean)) {
      return new Estimate(sampled.value(), Double.POSITIVE_INFINITY, sampled.runs());
    }
    double squares = Arrays.stream(logs).map(l -> (l - mean) * (l - mean)).sum();
    double missing = (double) sampled.runs() / Math.max(1, sampled.runs() - 1);
    return new Estimate(
        sampled.value(), Math.sqrt(squares / (draws - 1) * missing), sampled.runs());
  }
}
