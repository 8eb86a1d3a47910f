package dev.fanbench.measurement.run;

/** The value of a distribution at a percentile, or the reason why there is none. */
public sealed interface PercentileValue {

  /**
   * A time.
   *
   * @param nanos as measured, at three significant digits, the largest value its bucket holds
   * @param interval the range that holds the true time: what a perfect load would have measured of
   *     endless samples
   */
  record Time(long nanos, PercentileInterval interval) implements PercentileValue {
    /** An interval this narrow, as a share of the time on both sides, is not told. */
    private static final double NARROW = 0.1;

    /** The time itself is told while its interval is at most this wide on both sides. */
    private static final double WIDE = 0.5;

    @Override
    public String brief() {
      if (interval.within(WIDE, nanos)) {
        return UnitFormat.time(nanos);
      }
      return interval.highNanos() == PercentileInterval.NONE
          ? "≥ " + UnitFormat.time(interval.lowNanos())
          : "≤ " + UnitFormat.time(interval.highNanos());
    }

    @Override
    public String text() {
      return PercentileValue.super.text().replace("≥", "at least").replace("≤", "at most");
    }

    @Override
    public boolean hasWideInterval() {
      return interval.within(WIDE, nanos) && !interval.within(NARROW, nanos);
    }
  }

  /**
   * At this rank stands a delivery that never came.
   *
   * @param interval the range that holds the true time, without an upper end
   */
  record NotDelivered(PercentileInterval interval) implements PercentileValue {
    @Override
    public String brief() {
      return "not delivered";
    }
  }

  /**
   * Too few samples to say.
   *
   * @param samples independent samples that there are
   * @param needed independent samples the rank needs
   * @param interval the range that holds the true time, as far as it has ends
   */
  record TooFewSamples(long samples, long needed, PercentileInterval interval)
      implements PercentileValue {
    @Override
    public String brief() {
      return "too few samples ("
          + UnitFormat.count(samples)
          + " of "
          + UnitFormat.count(needed)
          + ")";
    }
  }

  /** The range that holds the true time; an end that is not known is 0, or none. */
  PercentileInterval interval();

  /**
   * For tables and charts: {@code 9.1 ms}, {@code ≤ 31 ms} when it is hardly known, {@code not
   * delivered}, {@code too few samples (100 of 528)}.
   */
  String brief();

  /** Whether the interval says more than {@link #brief}. */
  default boolean hasWideInterval() {
    return false;
  }

  /**
   * For sentences: {@link #brief}, and its interval where it is wide: {@code 9.1 ms (8 to 12 ms)}.
   */
  default String text() {
    return hasWideInterval() ? brief() + " (" + interval().text() + ")" : brief();
  }
}
