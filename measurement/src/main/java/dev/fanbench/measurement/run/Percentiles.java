package dev.fanbench.measurement.run;

import java.util.LinkedHashMap;
import java.util.Map;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * Percentiles that may be quoted: each only with enough independent samples behind it, and samples
 * that never happened ranked above every one that did.
 *
 * @param samples samples counted, those that never happened included
 * @param independent how many of them are independent of each other
 * @param values by rank, in order, all of them
 */
public record Percentiles(long samples, long independent, Map<Rank, Quoted> values) {

  public Percentiles {
    values = InOrder.copyOf(values);
  }

  /** What may be said at one rank. */
  public Quoted at(Rank rank) {
    return values.get(rank);
  }

  /**
   * Reads a histogram.
   *
   * @param histogram nanoseconds
   * @param undelivered samples that never happened
   * @param independent independent samples, {@code undelivered} ones included
   */
  public static Percentiles of(AbstractHistogram histogram, long undelivered, long independent) {
    long samples = histogram.getTotalCount() + undelivered;
    Map<Rank, Quoted> values = new LinkedHashMap<>();
    for (Rank rank : Rank.values()) {
      values.put(rank, quote(histogram, samples, independent, rank));
    }
    return new Percentiles(samples, independent, values);
  }

  /** Percentiles of independent samples that all happened. */
  public static Percentiles of(AbstractHistogram histogram) {
    return of(histogram, 0, histogram.getTotalCount());
  }

  private static Quoted quote(
      AbstractHistogram histogram, long samples, long independent, Rank rank) {
    if (independent < rank.samplesNeeded() || samples == 0) {
      return new Quoted.TooFewSamples(independent, rank.samplesNeeded());
    }
    long position = rank.position(samples);
    return position > histogram.getTotalCount()
        ? new Quoted.NotDelivered()
        : new Quoted.Time(valueAt(histogram, position));
  }

  /**
   * The value of the sample at a position. HdrHistogram's own look-up takes a percentage as a
   * double, which cannot name one sample among many; positions are whole numbers.
   */
  private static long valueAt(AbstractHistogram histogram, long position) {
    for (HistogramIterationValue value : histogram.recordedValues()) {
      if (value.getTotalCountToThisValue() >= position) {
        return value.getValueIteratedTo();
      }
    }
    throw new IllegalArgumentException("no sample " + position);
  }
}
