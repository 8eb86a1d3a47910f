package dev.fanbench.emulator.lambda;

import java.util.concurrent.Phaser;
import java.util.concurrent.atomic.AtomicLong;

/** Cores of a test: time passes by 2.5 ms with each look at the clock. Thread-safe. */
final class FakeCoreUse implements CoreUse {
  private static final long LOOK_NANOS = 2_500_000;

  private final Phaser samples = new Phaser(1);
  private final AtomicLong now = new AtomicLong();
  private volatile boolean busy = true;
  private volatile boolean computing;

  /** From now on the cores have time left. */
  FakeCoreUse idle() {
    busy = false;
    return this;
  }

  /** From now on every thread uses a core of its own. */
  FakeCoreUse computing() {
    computing = true;
    return this;
  }

  /** Awaits so many further samples. */
  void awaitSamples(int count) {
    int last = samples.getPhase() + count;
    for (int phase = samples.getPhase(); phase < last; phase = samples.getPhase()) {
      samples.awaitAdvance(phase);
    }
  }

  /** The time that has passed. */
  long passedNanos() {
    return now.get();
  }

  @Override
  public long nanoTime() {
    return now.addAndGet(LOOK_NANOS);
  }

  @Override
  public long cpuNanos(Thread thread) {
    return computing ? now.get() : 0;
  }

  @Override
  public boolean coresAreBusy() {
    samples.arrive();
    return busy;
  }
}
