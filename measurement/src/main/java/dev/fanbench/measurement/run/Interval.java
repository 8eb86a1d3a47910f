package dev.fanbench.measurement.run;

import java.util.Arrays;
import java.util.OptionalLong;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * Samples that one series of a phase gained between two moments, about a second apart. Immutable.
 *
 * <p>A live page holds many of these, and a histogram takes 270 KB however little is in it. So only
 * the buckets in use are kept, and a histogram is made of them on demand. (HdrHistogram's own
 * PackedHistogram is as small, and takes ten times as long to fill as the log takes to read.)
 */
public final class Interval {

  private final long startNanos;
  private final long endNanos;
  private final long[] values;
  private final long[] counts;

  /**
   * @param startNanos since the run's epoch, to the millisecond
   * @param endNanos since the run's epoch, to the millisecond
   * @param histogram nanoseconds; copied
   */
  public Interval(long startNanos, long endNanos, Histogram histogram) {
    this.startNanos = startNanos;
    this.endNanos = endNanos;
    int buckets = 0;
    for (HistogramIterationValue bucket : histogram.recordedValues()) {
      buckets += bucket.getCountAtValueIteratedTo() > 0 ? 1 : 0;
    }
    values = new long[buckets];
    counts = new long[buckets];
    int i = 0;
    for (HistogramIterationValue bucket : histogram.recordedValues()) {
      values[i] = bucket.getValueIteratedTo();
      counts[i++] = bucket.getCountAtValueIteratedTo();
    }
  }

  /** The begin, in nanoseconds since the run's epoch, to the millisecond. */
  public long startNanos() {
    return startNanos;
  }

  /** The end, in nanoseconds since the run's epoch, to the millisecond. */
  public long endNanos() {
    return endNanos;
  }

  /** Its samples in nanoseconds: a new histogram at each call, to be read and let go. */
  public Histogram histogram() {
    Histogram histogram = LatencyLog.emptyHistogram();
    addTo(histogram);
    return histogram;
  }

  /** The largest sample in nanoseconds, to a histogram's bucket; 0 of none. */
  public long maxNanos() {
    return values.length == 0 ? 0 : values[values.length - 1];
  }

  /** Its samples. */
  public long count() {
    return Arrays.stream(counts).sum();
  }

  /** The sample at a percentile's rank in nanoseconds, however few there are; empty of none. */
  public OptionalLong nanosAt(Percentile percentile) {
    long left = percentile.position(count());
    for (int i = 0; i < values.length; i++) {
      left -= counts[i];
      if (left <= 0) {
        return OptionalLong.of(values[i]);
      }
    }
    return OptionalLong.empty();
  }

  /** Adds its samples to a histogram of nanoseconds. */
  public void addTo(Histogram total) {
    for (int i = 0; i < values.length; i++) {
      total.recordValueWithCount(values[i], counts[i]);
    }
  }
}
