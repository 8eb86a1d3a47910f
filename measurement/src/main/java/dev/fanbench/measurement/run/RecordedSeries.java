package dev.fanbench.measurement.run;

import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * One series of one phase. Its histograms are shared and must not be changed.
 *
 * @param series which
 * @param histogram all intervals added, nanoseconds
 * @param undelivered samples that never happened, which no histogram can hold, and rank as infinite
 * @param independent how many samples stand for themselves: publications for a fan-out, otherwise
 *     as many as there are samples
 * @param intervals in order
 * @param least the least that a perfect load would have measured; the same as {@code histogram}
 *     where that is not known
 * @param inOrder one sample for each arrival
 */
public record RecordedSeries(
    Series series,
    Histogram histogram,
    long undelivered,
    long independent,
    List<RecordedInterval> intervals,
    Histogram least,
    SampleOrder inOrder) {

  public RecordedSeries {
    intervals = List.copyOf(intervals);
  }

  /** A series of independent samples of which only the measured times are known. */
  public RecordedSeries(
      Series series,
      Histogram histogram,
      long undelivered,
      long independent,
      List<RecordedInterval> intervals) {
    this(
        series,
        histogram,
        undelivered,
        independent,
        intervals,
        histogram,
        SampleOrder.of(series, List.of()));
  }

  /** The same with lower bounds. */
  public RecordedSeries atLeast(Histogram known) {
    return new RecordedSeries(
        series, histogram, undelivered, independent, intervals, known, inOrder);
  }

  /** The same with what the arrivals tell of the order of its samples. */
  RecordedSeries inOrderOf(List<List<Arrival>> blocks) {
    return new RecordedSeries(
        series,
        histogram,
        undelivered,
        independent,
        intervals,
        least,
        SampleOrder.of(series, blocks));
  }

  /** Percentiles as they may be quoted, each with the interval that holds its true value. */
  public PercentileTable percentiles() {
    return PercentileTable.of(histogram, least, undelivered, independent, this::worth);
  }

  /** The range that holds a true percentile, for a threshold. */
  public PercentileInterval range(Percentile percentile) {
    return percentile.range(histogram, least, undelivered, worth(percentile));
  }

  /** Whether the load recorded what it may have added. Equal times may be known, too. */
  @SuppressWarnings("ReferenceEquality")
  public boolean knowsLeast() {
    return least != histogram;
  }

  /**
   * The share of a percentile that the load may have added by late sends and reads, 0 to 1; 0 where
   * that is not known.
   */
  public double loadShare(Percentile percentile) {
    long measured = percentile.nanosAt(histogram, undelivered).orElse(0);
    long perfect = percentile.nanosAt(least, undelivered).orElse(measured);
    return measured <= 0 || measured == Long.MAX_VALUE ? 0 : 1 - (double) perfect / measured;
  }

  /** The number of independent samples that tell as much about a percentile as these. */
  public long worth(Percentile percentile) {
    return inOrder.worth(percentile, independent);
  }
}
