package dev.fanbench.measurement.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.ToLongFunction;
import org.HdrHistogram.AbstractHistogram;

/**
 * Percentiles that may be quoted: each only with enough independent samples behind it, and samples
 * that never happened ranked above every one that did.
 *
 * @param samples samples counted, those that never happened included
 * @param independent how many of them stand for themselves: the publications of a fan-out
 * @param values by rank, in order, all of them
 */
public record PercentileTable(
    long samples, long independent, Map<Percentile, PercentileValue> values) {

  public PercentileTable {
    values = OrderedCopy.copyOf(values);
  }

  /** The value at one rank, or the reason why there is none. */
  public PercentileValue at(Percentile rank) {
    return values.get(rank);
  }

  /**
   * Reads a histogram of samples that do not depend on each other.
   *
   * @param histogram nanoseconds
   * @param undelivered samples that never happened
   * @param independent independent samples, {@code undelivered} ones included
   */
  public static PercentileTable of(
      AbstractHistogram histogram, long undelivered, long independent) {
    return of(histogram, histogram, undelivered, independent, rank -> independent);
  }

  /**
   * Reads a histogram.
   *
   * @param least the least that a perfect load would have measured, nanoseconds
   * @param worth how many independent samples they are worth at a rank
   */
  static PercentileTable of(
      AbstractHistogram histogram,
      AbstractHistogram least,
      long undelivered,
      long independent,
      ToLongFunction<Percentile> worth) {
    long samples = histogram.getTotalCount() + undelivered;
    Map<Percentile, PercentileValue> values = new LinkedHashMap<>();
    for (Percentile rank : Percentile.values()) {
      values.put(rank, quote(histogram, least, undelivered, worth.applyAsLong(rank), rank));
    }
    return new PercentileTable(samples, independent, values);
  }

  /** Percentiles of independent samples that all happened. */
  public static PercentileTable of(AbstractHistogram histogram) {
    return of(histogram, 0, histogram.getTotalCount());
  }

  private static PercentileValue quote(
      AbstractHistogram histogram,
      AbstractHistogram least,
      long undelivered,
      long worth,
      Percentile rank) {
    OptionalLong nanos = rank.nanosAt(histogram, undelivered);
    PercentileInterval interval = rank.interval(histogram, least, undelivered, worth);
    if (nanos.isEmpty() || worth < rank.samplesNeeded()) {
      return new PercentileValue.TooFewSamples(worth, rank.samplesNeeded(), interval);
    }
    return nanos.getAsLong() == Long.MAX_VALUE
        ? new PercentileValue.NotDelivered(interval)
        : new PercentileValue.Time(nanos.getAsLong(), interval);
  }
}
