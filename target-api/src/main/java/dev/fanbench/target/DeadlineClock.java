package dev.fanbench.target;

import java.time.Duration;

/** Tells whether a span of time is over, by a clock that does not jump. Thread-safe. */
public final class DeadlineClock {
  private final long startNanos = System.nanoTime();
  private final long spanNanos;

  /** Starts now. */
  public DeadlineClock(Duration span) {
    spanNanos = span.toNanos();
  }

  /** Whether the span is over. */
  public boolean isOver() {
    return leftNanos() <= 0;
  }

  /** The time that is left, in nanoseconds; negative when the span is over. */
  public long leftNanos() {
    return spanNanos - (System.nanoTime() - startNanos);
  }
}
