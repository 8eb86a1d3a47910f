package dev.fanbench.measurement.clock;

import java.util.concurrent.atomic.AtomicLong;

/** A clock that moves when a test says so. */
public final class ManualNanoClock implements NanoClock {

  private final AtomicLong nowNanos;

  public ManualNanoClock(long nowNanos) {
    this.nowNanos = new AtomicLong(nowNanos);
  }

  @Override
  public long nanoTime() {
    return nowNanos.get();
  }

  public void advance(long nanos) {
    nowNanos.addAndGet(nanos);
  }

  public void set(long nanos) {
    nowNanos.set(nanos);
  }
}
