package dev.fanbench.measurement.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalLong;
import org.HdrHistogram.AbstractHistogram;

/**
 * Percentiles that may be quoted: each only with enough independent samples behind it, and samples
 * that never happened ranked above every one that did.
 *
 * @param samples samples counted, those that never happened included
 * @param independent how many of them are independent of each other
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
   * Reads a histogram.
   *
   * @param histogram nanoseconds
   * @param undelivered samples that never happened
   * @param independent independent samples, {@code undelivered} ones included
   */
  public static PercentileTable of(
      AbstractHistogram histogram, long undelivered, long independent) {
    long samples = histogram.getTotalCount() + undelivered;
    Map<Percentile, PercentileValue> values = new LinkedHashMap<>();
    for (Percentile rank : Percentile.values()) {
      values.put(rank, quote(histogram, undelivered, independent, rank));
    }
    return new PercentileTable(samples, independent, values);
  }

  /** Percentiles of independent samples that all happened. */
  public static PercentileTable of(AbstractHistogram histogram) {
    return of(histogram, 0, histogram.getTotalCount());
  }

  private static PercentileValue quote(
      AbstractHistogram histogram, long undelivered, long independent, Percentile rank) {
    OptionalLong nanos = rank.nanosAt(histogram, undelivered);
    if (nanos.isEmpty() || independent < rank.samplesNeeded()) {
      return new PercentileValue.TooFewSamples(independent, rank.samplesNeeded());
    }
    return nanos.getAsLong() == Long.MAX_VALUE
        ? new PercentileValue.NotDelivered()
        : new PercentileValue.Time(nanos.getAsLong());
  }
}
