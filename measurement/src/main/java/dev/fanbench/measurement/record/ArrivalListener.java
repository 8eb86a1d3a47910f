package dev.fanbench.measurement.record;

import dev.fanbench.measurement.run.Arrival;

/**
 * Hears of each arrival once, when nothing more can change about it.
 *
 * <p>Called on the event loop that saw the last delivery, or on the thread that completes the
 * phase; it must return quickly and must not complete the phase. All times are nanoseconds since
 * the run's epoch.
 */
@FunctionalInterface
public interface ArrivalListener {

  /** A time that never came. */
  long NEVER = Arrival.NEVER;

  /**
   * Arrival {@code n} is closed.
   *
   * @param n index in its phase
   * @param intendedAtNanos when the schedule said to send
   * @param sentAtNanos when it was sent, or {@link #NEVER}
   * @param firstAtNanos its first delivery, or {@link #NEVER}
   * @param lastAtNanos its last delivery so far, or {@link #NEVER}; with any missing there is no
   *     time to last delivery
   * @param delivered deliveries seen by the deadline
   * @param missing deliveries not seen by then
   */
  void closed(
      int n,
      long intendedAtNanos,
      long sentAtNanos,
      long firstAtNanos,
      long lastAtNanos,
      int delivered,
      int missing);

  /** Ignores every arrival. */
  static ArrivalListener none() {
    return (n, intended, sent, first, last, delivered, missing) -> {};
  }
}
