package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.PercentileTable;
import dev.fanbench.measurement.run.PercentileValue;
import dev.fanbench.measurement.run.RecordedSeries;
import dev.fanbench.measurement.run.Series;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.HistogramIterationValue;

/**
 * One series of one phase, reduced to what is shown.
 *
 * @param series what was measured
 * @param percentiles as they may be quoted
 * @param curve value at each percentile, as far as enough samples stand behind it
 */
public record Distribution(Series series, PercentileTable percentiles, List<Point> curve) {

  private static final double STEP_NINES = 0.02;
  private static final double LEAST_BEYOND = 10;

  /**
   * A place on a curve.
   *
   * @param nines {@code −log10(1 − p)}: 1 at 90 %, 2 at 99 %
   * @param nanos value
   */
  public record Point(double nines, long nanos) {}

  public Distribution {
    curve = List.copyOf(curve);
  }

  static Distribution of(RecordedSeries recorded) {
    return new Distribution(recorded.series(), recorded.percentiles(), curve(recorded));
  }

  /** The value at this rank, or the reason why there is none. */
  public PercentileValue at(Percentile rank) {
    return percentiles.at(rank);
  }

  private static List<Point> curve(RecordedSeries recorded) {
    double limit = Math.log10(recorded.independent() / LEAST_BEYOND);
    long samples = recorded.histogram().getTotalCount() + recorded.undelivered();
    List<Point> points = new ArrayList<>();
    int step = 0;
    for (HistogramIterationValue value : recorded.histogram().recordedValues()) {
      while (step * STEP_NINES <= limit + 1e-9
          && position(step * STEP_NINES, samples) <= value.getTotalCountToThisValue()) {
        points.add(new Point(step * STEP_NINES, value.getValueIteratedTo()));
        step++;
      }
    }
    return points;
  }

  /** Number of the sample at this percentile, from 1 in ascending order. */
  private static long position(double nines, long samples) {
    double share = 1 - Math.pow(10, -nines);
    return Math.max(1, (long) Math.ceil(share * samples - 1e-6));
  }
}
