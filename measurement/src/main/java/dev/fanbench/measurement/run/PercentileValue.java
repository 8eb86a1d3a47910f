package dev.fanbench.measurement.run;

/** The value of a distribution at a percentile, or the reason why there is none. */
public sealed interface PercentileValue {

  /**
   * A time.
   *
   * @param nanos at three significant digits, the largest value its bucket holds
   */
  record Time(long nanos) implements PercentileValue {
    @Override
    public String text() {
      return UnitFormat.time(nanos);
    }
  }

  /** At this rank stands a delivery that never came. */
  record NotDelivered() implements PercentileValue {
    @Override
    public String text() {
      return "not delivered";
    }
  }

  /**
   * Too few samples to say.
   *
   * @param samples independent samples there are
   * @param needed independent samples the rank needs
   */
  record TooFewSamples(long samples, long needed) implements PercentileValue {
    @Override
    public String text() {
      return "too few samples ("
          + UnitFormat.count(samples)
          + " of "
          + UnitFormat.count(needed)
          + ")";
    }
  }

  /** For tables: {@code 9.1 ms}, {@code not delivered}, {@code too few samples (100 of 1,000)}. */
  String text();
}
