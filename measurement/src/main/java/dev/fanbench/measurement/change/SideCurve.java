package dev.fanbench.measurement.change;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * The percentiles of one side: of the samples of all its runs together, each with the interval that
 * the scatter between the runs gives it.
 *
 * @param points in ascending order of the percentile
 */
public record SideCurve(List<Point> points) {

  private static final int POINTS_A_NINE = 20;
  private static final int MOST_NINES = 5;

  /** The place of the p50, the one quoted percentile that is no multiple of a step. */
  private static final double HALF = Math.log10(2);

  /** A curve ends where fewer samples than these lie beyond. */
  private static final double LEAST_BEYOND = 10;

  /**
   * A percentile.
   *
   * @param nines {@code −log10(1 − p)}: 1 at 90 %, 2 at 99 %
   * @param nanos the value
   * @param lowNanos lower end of its interval; the value itself where the interval is not known
   * @param highNanos upper end of its interval; the value itself where the interval is not known
   * @param hasInterval whether there are {@link ComparedSide#LEAST_RUNS} runs or more, each with
   *     enough samples
   */
  public record Point(
      double nines, double nanos, double lowNanos, double highNanos, boolean hasInterval) {}

  public SideCurve {
    points = List.copyOf(points);
  }

  /**
   * Reads a curve.
   *
   * @param runs the samples of each run, in nanoseconds or {@link SampledPercentile#NEVER}
   * @param confidence of the intervals, from 0 to 1
   */
  static SideCurve of(List<long[]> runs, double confidence) {
    List<long[]> sorted = runs.stream().map(run -> Arrays.stream(run).sorted().toArray()).toList();
    long[] all = runs.stream().flatMapToLong(Arrays::stream).sorted().toArray();
    int fewest = sorted.stream().mapToInt(run -> run.length).min().orElse(0);
    List<Point> points = new ArrayList<>();
    for (double nines : steps(ninesOf(all.length))) {
      long value = at(nines, all);
      if (value == SampledPercentile.NEVER) {
        break;
      }
      boolean known = sorted.size() >= ComparedSide.LEAST_RUNS && nines <= ninesOf(fewest);
      points.add(known ? withInterval(nines, value, sorted, confidence) : alone(nines, value));
    }
    return new SideCurve(points);
  }

  /** The places of the points, up to a limit. */
  private static double[] steps(double limit) {
    DoubleStream even =
        IntStream.rangeClosed(0, MOST_NINES * POINTS_A_NINE)
            .mapToDouble(step -> (double) step / POINTS_A_NINE);
    return DoubleStream.concat(even, DoubleStream.of(HALF))
        .filter(nines -> nines <= limit)
        .sorted()
        .toArray();
  }

  private static double ninesOf(int samples) {
    return Math.log10(samples / LEAST_BEYOND) + 1e-9;
  }

  private static Point alone(double nines, long value) {
    return new Point(nines, (double) value, (double) value, (double) value, false);
  }

  private static Point withInterval(
      double nines, long value, List<long[]> runs, double confidence) {
    double[] perRun = runs.stream().mapToDouble(run -> (double) at(nines, run)).toArray();
    return Estimate.of((double) value, perRun)
        .logReach(confidence)
        .map(reach -> between(nines, value, reach))
        .orElseGet(() -> alone(nines, value));
  }

  private static Point between(double nines, long value, double reach) {
    return new Point(
        nines, (double) value, value * Math.exp(-reach), value * Math.exp(reach), true);
  }

  private static long at(double nines, long[] sorted) {
    double share = 1 - Math.pow(10, -nines);
    int position = Math.max(1, (int) Math.ceil(share * sorted.length - 1e-6));
    return sorted[position - 1];
  }
}
