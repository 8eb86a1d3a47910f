package dev.fanbench.measurement.record;

import dev.fanbench.measurement.run.Arrival;

/**
 * Hears of each arrival once, when nothing more can change about it.
 *
 * <p>Called on the event loop that saw the last delivery, or on the thread that completes the
 * phase; it must return quickly and must not complete the phase.
 */
@FunctionalInterface
public interface ArrivalListener {

  /** An arrival is closed. */
  void closed(Arrival arrival);

  /** Ignores every arrival. */
  static ArrivalListener none() {
    return arrival -> {};
  }
}
