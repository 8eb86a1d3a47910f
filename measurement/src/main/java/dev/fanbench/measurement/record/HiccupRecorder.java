package dev.fanbench.measurement.record;

/** Hears how late an event loop's timer fired. Single writer: the loop itself. */
@FunctionalInterface
public interface HiccupRecorder {

  /**
   * A tick was due at one time and ran at another; both in nanoseconds since the run's epoch. Every
   * tick is told, those a stall held up too, each against its own due time.
   */
  void tick(long dueAtNanos, long ranAtNanos);
}
