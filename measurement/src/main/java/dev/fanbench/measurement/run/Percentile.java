package dev.fanbench.measurement.run;

import java.util.List;
import java.util.OptionalLong;
import org.HdrHistogram.AbstractHistogram;
import org.HdrHistogram.HistogramIterationValue;

/** The ranks fanbench quotes, and the range in which each true value lies. */
public enum Percentile {
  /** The median. */
  P50("p50", 500),
  /** 90th percentile. */
  P90("p90", 900),
  /** 99th percentile. */
  P99("p99", 990),
  /** 99.9th percentile. */
  P99_9("p99.9", 999),
  /** The largest sample, quoted for any number of them. */
  MAX("max", 1000);

  /** The probability that a true percentile is beyond the one end that a threshold asks. */
  private static final double BEYOND_ONE_END = 0.01;

  /** The probability that a true percentile is beyond this end; it is 0.01 for both together. */
  private static final double BEYOND_EACH_END = 0.005;

  private final String label;
  private final long perMille;

  Percentile(String label, long perMille) {
    this.label = label;
    this.perMille = perMille;
  }

  /** As written in tables and SLOs. */
  public String label() {
    return label;
  }

  /**
   * Fewest independent samples with which it may be quoted: so many that its interval has two ends.
   * They are 8, 51, 528 and 5,296.
   */
  public long samplesNeeded() {
    return this == MAX ? 1 : OrderStatistic.fewest(this, BEYOND_EACH_END);
  }

  /** The share of all samples that are at most as large as the percentile. */
  double share() {
    return perMille / 1000.0;
  }

  /**
   * Fewest independent samples with which a threshold on it can hold: so many that the largest of
   * them is not below it with 99 % confidence.
   */
  public long samplesToHold() {
    return this == MAX ? 1 : OrderStatistic.fewest(this, BEYOND_ONE_END);
  }

  /**
   * The most samples that can be over a limit while a threshold on the percentile is not missed. It
   * is the number above the lower end of its {@link #range}, if all independent samples are.
   *
   * @param samples all of a series
   * @param independent how many of them stand for themselves
   */
  public long mostOver(long samples, long independent) {
    if (this == MAX) {
      return 0;
    }
    OptionalLong lower = OrderStatistic.lower(this, independent, BEYOND_ONE_END);
    long low = lower.isEmpty() ? 0 : lower.getAsLong() * samples / independent;
    return samples - low;
  }

  /**
   * The same for samples that may resemble each other, in whatever order they come. As many more
   * may be over the limit as the fewest independent samples allow that these can be worth.
   *
   * @param samples all of a series
   * @param arrivals of which each has one sample, or a fixed number of them
   * @param blocks the parts of the phase
   */
  public long mostOverInAnyOrder(long samples, long arrivals, int blocks) {
    long most = mostOver(samples, arrivals);
    if (this == MAX || arrivals == 0) {
      return most;
    }
    long fewest = EffectiveCount.fewest(arrivals, arrivals - position(arrivals), blocks);
    long above = above(fewest);
    // The share above the lower end falls with each rank, and leaps where one more rank is above.
    for (long worth = fewest; worth <= arrivals; worth++) {
      most = Math.max(most, mostOver(samples, worth));
      if (above(worth) > above) {
        break;
      }
    }
    return most;
  }

  /** Independent samples above the lower end of a range. */
  private long above(long independent) {
    return independent - OrderStatistic.lower(this, independent, BEYOND_ONE_END).orElse(0);
  }

  /**
   * The interval that holds the true percentile in 99 of 100 cases. The maximum is that of the
   * samples: its interval tells only what the load may have added.
   *
   * @param histogram nanoseconds, as measured
   * @param least the least that a perfect load would have measured
   * @param undelivered samples that never happened; they rank above every other
   * @param independent how many independent samples they are worth, {@code undelivered} ones
   *     included
   */
  PercentileInterval interval(
      AbstractHistogram histogram, AbstractHistogram least, long undelivered, long independent) {
    return range(histogram, least, undelivered, independent, BEYOND_EACH_END);
  }

  /**
   * The range for a threshold, which asks one end only: each end by itself is wrong in 1 of 100
   * cases. All else is as in {@link #interval}.
   */
  public PercentileInterval range(
      AbstractHistogram histogram, AbstractHistogram least, long undelivered, long independent) {
    return range(histogram, least, undelivered, independent, BEYOND_ONE_END);
  }

  private PercentileInterval range(
      AbstractHistogram histogram,
      AbstractHistogram least,
      long undelivered,
      long independent,
      double beyond) {
    long samples = histogram.getTotalCount() + undelivered;
    if (this == MAX) {
      long most = nanosAt(histogram, undelivered).orElse(PercentileInterval.NONE);
      return new PercentileInterval(nanosAt(least, undelivered).orElse(0), most);
    }
    // Ranks are found among the independent samples and scaled to all, outwards.
    OptionalLong lower = OrderStatistic.lower(this, independent, beyond);
    OptionalLong upper = OrderStatistic.upper(this, independent, beyond);
    long low = lower.isEmpty() ? 0 : lower.getAsLong() * samples / independent;
    return new PercentileInterval(
        low == 0 ? 0 : lowest(least, low),
        upper.isEmpty()
            ? PercentileInterval.NONE
            : sample(histogram, (upper.getAsLong() * samples + independent - 1) / independent));
  }

  private static long lowest(AbstractHistogram histogram, long position) {
    long value = sample(histogram, position);
    return value == Long.MAX_VALUE ? value : histogram.lowestEquivalentValue(value);
  }

  /** The sample at a position; infinite beyond those that happened. */
  private static long sample(AbstractHistogram histogram, long position) {
    return position > histogram.getTotalCount() ? Long.MAX_VALUE : valueAt(histogram, position);
  }

  /**
   * The position of this rank among {@code count} samples, from 1 in ascending order; 0 of none.
   */
  public long position(long count) {
    return (count * perMille + 999) / 1000;
  }

  /**
   * The value at this rank, whether or not there are samples enough to quote it; for checks that
   * must judge short phases too.
   *
   * @param histogram nanoseconds
   * @param undelivered samples that never happened; they rank above every other
   * @return nanoseconds, {@code Long.MAX_VALUE} for a sample that never happened, empty of no
   *     samples
   */
  public OptionalLong nanosAt(AbstractHistogram histogram, long undelivered) {
    long count = histogram.getTotalCount() + undelivered;
    long position = position(count);
    if (count == 0) {
      return OptionalLong.empty();
    }
    return OptionalLong.of(sample(histogram, position));
  }

  /**
   * The value of the sample at a position, from 1 in ascending order. HdrHistogram's own look-up
   * takes a percentage as a double, which cannot name one sample among many; positions are whole
   * numbers.
   */
  private static long valueAt(AbstractHistogram histogram, long position) {
    for (HistogramIterationValue value : histogram.recordedValues()) {
      if (value.getTotalCountToThisValue() >= position) {
        return value.getValueIteratedTo();
      }
    }
    throw new IllegalArgumentException("no sample " + position);
  }

  /** All labels, in order. */
  public static List<String> labels() {
    return List.of(values()).stream().map(Percentile::label).toList();
  }
}
