package dev.fanbench.target;

/**
 * Measures the time since it was made, by a clock that does not jump. Immutable and thread-safe.
 */
public final class Stopwatch {
  private final long startNanos = System.nanoTime();

  /** The time since the start, in nanoseconds. */
  public long elapsedNanos() {
    return System.nanoTime() - startNanos;
  }
}
