package dev.fanbench.reports;

import dev.fanbench.measurement.clock.NanoClock;

/** A clock that moves when it is told to. */
final class ManualNanoClock implements NanoClock {

  private long nanos;

  @Override
  public long nanoTime() {
    return nanos;
  }

  void moveTo(long nanos) {
    this.nanos = Math.max(this.nanos, nanos);
  }
}
