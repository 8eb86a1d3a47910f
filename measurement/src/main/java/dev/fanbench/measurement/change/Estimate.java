package dev.fanbench.measurement.change;

import java.util.Arrays;
import java.util.Optional;
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

  /** A value whose scatter is not known. */
  static Estimate unknown() {
    return new Estimate(Double.NaN, Double.POSITIVE_INFINITY, 0);
  }

  /**
   * A value over all runs, with the scatter between them.
   *
   * @param perRun the same figure of each run alone, at least two
   */
  static Estimate of(double value, double[] perRun) {
    double error = SampleMean.of(Arrays.stream(perRun).map(Math::log).toArray()).standardError();
    return new Estimate(
        value, Double.isNaN(error) ? Double.POSITIVE_INFINITY : error, perRun.length);
  }

  /**
   * Half of the interval of this side alone, as a share of the value: 0.03 for ± 3 %. Student's t ×
   * the standard error.
   *
   * @param confidence of the interval, from 0 to 1
   * @return empty when the scatter is not known
   */
  public Optional<Double> reachShare(double confidence) {
    return logReach(confidence).map(Math::expm1);
  }

  /** Half of the interval of the value's logarithm; empty when the scatter is not known. */
  Optional<Double> logReach(double confidence) {
    return Double.isFinite(logError) && runs > 1
        ? Optional.of(SampleMean.student(runs - 1.0, confidence) * logError)
        : Optional.empty();
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
    SampleMean drawn = SampleMean.of(logs);
    if (!Double.isFinite(drawn.mean())) {
      return new Estimate(sampled.value(), Double.POSITIVE_INFINITY, sampled.runs());
    }
    double missing = (double) sampled.runs() / Math.max(1, sampled.runs() - 1);
    return new Estimate(
        sampled.value(), Math.sqrt(drawn.squares() / (draws - 1) * missing), sampled.runs());
  }
}
