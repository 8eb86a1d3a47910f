package dev.fanbench.measurement.record;

import java.util.concurrent.atomic.AtomicLong;

/**
 * A count with one writer and any number of readers. The writer pays a plain add and an ordered
 * store instead of a locked instruction.
 */
final class Counter {

  private final AtomicLong value = new AtomicLong();

  /** By the one writer only. */
  void increment() {
    value.lazySet(value.getPlain() + 1);
  }

  /** By any thread. */
  long get() {
    return value.get();
  }
}
