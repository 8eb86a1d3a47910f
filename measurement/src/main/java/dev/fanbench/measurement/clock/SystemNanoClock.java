package dev.fanbench.measurement.clock;

/** The machine's monotonic clock, and the only place in fanbench that reads it. */
public enum SystemNanoClock implements NanoClock {
  /** The one clock of this process. */
  INSTANCE;

  @Override
  public long nanoTime() {
    return System.nanoTime();
  }
}
