package dev.fanbench.gatling.phase;

import dev.fanbench.measurement.clock.NanoClock;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Lets arrivals go at their instants. A loop that sleeps wakes up some 50 to 100 µs late, so it is
 * woken early and spins for the rest.
 *
 * <p>A loop's timers may fire out of order: each deadline is a delay added to a later time, and
 * some are early. So a timer that fires does not let its own arrival go, but the first one that
 * waits.
 */
final class SendTimer {
  /** As late as a loop usually wakes up. */
  static final long EARLY_NANOS = 120_000;

  /** Arrivals that follow closely find the loop awake; spinning would only keep it from reading. */
  static final long SHORTEST_SLEEP_NANOS = 1_000_000;

  private final NanoClock clock;

  /** The arrivals that wait on each loop, in the order in which they were armed. */
  private final Map<ScheduledExecutorService, Queue<Armed>> waiting = new ConcurrentHashMap<>();

  private record Armed(long atNanos, Runnable action) {}

  SendTimer(NanoClock clock) {
    this.clock = clock;
  }

  /**
   * Arms an action. Those of one loop run in the order in which they are armed, which must be the
   * order of their times.
   *
   * @param loop it runs on this event loop
   * @param atNanos it never runs before this time
   * @throws RejectedExecutionException when the loop has ended
   */
  void arm(ScheduledExecutorService loop, long atNanos, Runnable action) {
    Queue<Armed> ofLoop = waiting.computeIfAbsent(loop, any -> new ConcurrentLinkedQueue<>());
    ofLoop.add(new Armed(atNanos, action));
    long waitNanos = atNanos - clock.nanoTime();
    long earlyNanos = waitNanos < SHORTEST_SLEEP_NANOS ? 0 : EARLY_NANOS;
    var unused = loop.schedule(() -> fire(ofLoop), waitNanos - earlyNanos, TimeUnit.NANOSECONDS);
  }

  /** Each arrival has a timer, so one waits whenever a timer fires. */
  private void fire(Queue<Armed> ofLoop) {
    Armed first = ofLoop.remove();
    while (clock.nanoTime() < first.atNanos()) {
      Thread.onSpinWait();
    }
    first.action().run();
  }
}
