package dev.fanbench.measurement.run;

import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * One series of one phase.
 *
 * @param series which
 * @param histogram all intervals added, nanoseconds; shared, so it must not be changed
 * @param undelivered samples that never happened, which no histogram can hold, and rank as infinite
 * @param independent how many independent samples stand behind it: publications for a fan-out,
 *     whose deliveries are correlated, otherwise as many as there are samples
 * @param intervals in order
 */
public record RecordedSeries(
    Series series,
    Histogram histogram,
    long undelivered,
    long independent,
    List<Interval> intervals) {

  public RecordedSeries {
    intervals = List.copyOf(intervals);
  }

  /** Percentiles as they may be quoted. */
  public PercentileTable percentiles() {
    return PercentileTable.of(histogram, undelivered, independent);
  }

  /** The range that holds a true percentile, for a threshold. */
  public PercentileInterval range(Percentile percentile) {
    return percentile.range(histogram, undelivered, independent);
  }
}
