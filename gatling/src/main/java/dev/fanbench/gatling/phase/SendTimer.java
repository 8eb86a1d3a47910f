package dev.fanbench.gatling.phase;

import dev.fanbench.measurement.clock.NanoClock;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Lets arrivals go at their instants. A loop that sleeps wakes up some 50 to 100 µs late, so it is
 * woken early and spins for the rest.
 */
final class SendTimer {
  /** As late as a loop usually wakes up. */
  static final long EARLY_NANOS = 120_000;

  /** Arrivals that follow closely find the loop awake; spinning would only keep it from reading. */
  static final long SHORTEST_SLEEP_NANOS = 1_000_000;

  private final NanoClock clock;

  SendTimer(NanoClock clock) {
    this.clock = clock;
  }

  /**
   * Arms an action.
   *
   * @param loop it runs on this event loop
   * @param atNanos it never runs before this time
   * @throws RejectedExecutionException when the loop has ended
   */
  void arm(ScheduledExecutorService loop, long atNanos, Runnable action) {
    long waitNanos = atNanos - clock.nanoTime();
    long earlyNanos = waitNanos < SHORTEST_SLEEP_NANOS ? 0 : EARLY_NANOS;
    var unused =
        loop.schedule(() -> spin(atNanos, action), waitNanos - earlyNanos, TimeUnit.NANOSECONDS);
  }

  private void spin(long atNanos, Runnable action) {
    while (clock.nanoTime() < atNanos) {
      Thread.onSpinWait();
    }
    action.run();
  }
}
