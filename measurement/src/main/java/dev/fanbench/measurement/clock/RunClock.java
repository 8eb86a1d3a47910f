package dev.fanbench.measurement.clock;

/**
 * A clock whose origin is a run's epoch: what stamps carry, what every recorder is told and what a
 * run directory holds. Load generators read this one and no other, so that intended, sent and
 * received times can be subtracted.
 *
 * @param source where time comes from
 * @param epochNanos the reading of {@code source} that counts as zero
 */
public record RunClock(NanoClock source, long epochNanos) implements NanoClock {

  /** A clock that reads zero now. */
  public static RunClock startingNow(NanoClock source) {
    return new RunClock(source, source.nanoTime());
  }

  /** Nanoseconds since the run's epoch. */
  @Override
  public long nanoTime() {
    return source.nanoTime() - epochNanos;
  }
}
