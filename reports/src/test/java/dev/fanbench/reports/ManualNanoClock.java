package dev.fanbench.reports;

import dev.fanbench.measurement.clock.NanoClock;

/** A clock that moves when one thread tells it to; any may read it. */
public final class ManualNanoClock implements NanoClock {

  private volatile long nanos;

  @Override
  public long nanoTime() {
    return nanos;
  }

  public void moveTo(long nanos) {
    this.nanos = Math.max(this.nanos, nanos);
  }
}
