package dev.fanbench.gatling.phase;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * The waits of clients that reconnect: none at first, and after each failure a random time up to a
 * bound that doubles from 100 ms to 5 s ("full jitter"). Immutable.
 *
 * @param seed of the waits; the same seed gives the same waits, whatever the target does
 */
record Backoff(long seed) {
  private static final long FIRST_BOUND_NANOS = TimeUnit.MILLISECONDS.toNanos(100);
  private static final long LAST_BOUND_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** The number of doublings, well below an overflow. */
  private static final int MOST_DOUBLINGS = 6;

  /**
   * Nanoseconds from a failure to the next try.
   *
   * @param slot number of the client that waits
   * @param failures so far, from 1
   */
  long waitNanos(int slot, int failures) {
    long doubled = FIRST_BOUND_NANOS << Math.min(failures - 1, MOST_DOUBLINGS);
    SplittableRandom random = new SplittableRandom(31 * (31 * seed + slot) + failures);
    return random.nextLong(Math.min(doubled, LAST_BOUND_NANOS) + 1);
  }
}
