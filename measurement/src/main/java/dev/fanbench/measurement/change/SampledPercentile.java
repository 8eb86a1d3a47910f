package dev.fanbench.measurement.change;

import dev.fanbench.measurement.run.Percentile;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A percentile of the samples of all runs together. Percentiles of single runs are never averaged.
 *
 * <p>A draw counts each distinct value and walks up to the rank: no sorting, so that two thousand
 * draws of five thousand samples take a fraction of a second. One thread.
 */
final class SampledPercentile implements SampledMetric {

  /** A sample that never happened; it ranks above all others. */
  static final long NEVER = Long.MAX_VALUE;

  private final Percentile rank;
  private final long[] values;
  private final int[][] runs;
  private final int[] counts;

  /**
   * @param rank which percentile
   * @param samples nanoseconds or {@link #NEVER}, an array for each run
   */
  SampledPercentile(Percentile rank, List<long[]> samples) {
    this.rank = rank;
    values = samples.stream().flatMapToLong(Arrays::stream).sorted().distinct().toArray();
    runs = samples.stream().map(this::places).toArray(int[][]::new);
    counts = new int[values.length];
  }

  private int[] places(long[] samples) {
    return Arrays.stream(samples).mapToInt(s -> Arrays.binarySearch(values, s)).toArray();
  }

  @Override
  public int runs() {
    return runs.length;
  }

  @Override
  public double value() {
    Arrays.fill(counts, 0);
    for (int[] run : runs) {
      for (int place : run) {
        counts[place]++;
      }
    }
    return ranked();
  }

  @Override
  public double draw(SplittableRandom random) {
    Arrays.fill(counts, 0);
    for (int i = 0; i < runs.length; i++) {
      int[] run = runs[random.nextInt(runs.length)];
      for (int j = 0; j < run.length; j++) {
        counts[run[random.nextInt(run.length)]]++;
      }
    }
    return ranked();
  }

  private double ranked() {
    long below = rank.position(Arrays.stream(counts).asLongStream().sum());
    for (int place = 0; place < counts.length; place++) {
      below -= counts[place];
      if (below <= 0) {
        return values[place] == NEVER ? Double.POSITIVE_INFINITY : values[place];
      }
    }
    throw new IllegalStateException("no samples");
  }
}
