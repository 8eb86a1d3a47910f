package dev.fanbench.measurement.clock;

/**
 * A monotonic count of nanoseconds from an unknown origin. Only differences mean anything: it is
 * not the time of day, and readings of two processes must never be subtracted.
 *
 * <p>Implementations may be called from any thread and never go back.
 */
@FunctionalInterface
public interface NanoClock {
  /** Nanoseconds since this clock's origin. */
  long nanoTime();
}
