package dev.fanbench.baseline;

import dev.fanbench.target.DeadlineClock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Lets requests in until the server stops, and knows when the last has been answered. */
final class RequestGate {
  private volatile boolean stopping;
  private long underWay;

  /** Whether requests are still taken. */
  boolean isOpen() {
    return !stopping;
  }

  /** A request has come; asked before {@link #isOpen}, so that stopping waits for its answer. */
  synchronized void begin() {
    underWay++;
  }

  /** Its answer, or its refusal, will be sent before anything that is sent from now on. */
  synchronized void end() {
    underWay--;
    notifyAll();
  }

  /** Takes no more requests from now on. */
  void stop() {
    stopping = true;
  }

  /** Waits until every request that has begun has ended, at most {@code millis} milliseconds. */
  synchronized void settle(long millis) throws InterruptedException {
    DeadlineClock deadline = new DeadlineClock(Duration.ofMillis(millis));
    while (underWay > 0) {
      long left = deadline.leftNanos();
      if (left <= 0) {
        return;
      }
      TimeUnit.NANOSECONDS.timedWait(this, left);
    }
  }
}
