package dev.fanbench.measurement.run;

import java.util.List;
import java.util.Optional;
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
 * @param least the least that a perfect load would have measured, where that is known; shared, so
 *     it must not be changed
 */
public record RecordedSeries(
    Series series,
    Histogram histogram,
    long undelivered,
    long independent,
    List<Interval> intervals,
    Optional<Histogram> least) {

  public RecordedSeries {
    intervals = List.copyOf(intervals);
  }

  /** A series of which only the measured times are known. */
  public RecordedSeries(
      Series series,
      Histogram histogram,
      long undelivered,
      long independent,
      List<Interval> intervals) {
    this(series, histogram, undelivered, independent, intervals, Optional.empty());
  }

  /** The same with lower bounds. */
  RecordedSeries atLeast(Optional<Histogram> known) {
    return new RecordedSeries(series, histogram, undelivered, independent, intervals, known);
  }

  /** Percentiles as they may be quoted. */
  public PercentileTable percentiles() {
    return PercentileTable.of(histogram, undelivered, independent);
  }

  /** The range that holds a true percentile, for a threshold. */
  public PercentileInterval range(Percentile percentile) {
    return percentile.range(histogram, least.orElse(histogram), undelivered, independent);
  }
}
