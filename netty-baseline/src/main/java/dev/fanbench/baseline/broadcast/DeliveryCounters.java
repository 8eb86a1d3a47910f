package dev.fanbench.baseline.broadcast;

import java.util.concurrent.atomic.LongAdder;

/** What became of the copies of publications. Thread-safe. */
public final class DeliveryCounters {
  private final LongAdder sent = new LongAdder();
  private final LongAdder slow = new LongAdder();
  private final LongAdder writes = new LongAdder();

  /**
   * Counts copies handed to the socket, in how many writes, and copies withheld from slow
   * subscribers.
   */
  void add(int sentCopies, int writeCalls, int slowCopies) {
    sent.add(sentCopies);
    writes.add(writeCalls);
    if (slowCopies > 0) {
      slow.add(slowCopies);
    }
  }

  /** Copies handed to a socket so far. */
  public long sent() {
    return sent.sum();
  }

  /** Writes so far that carried these copies, each a system call while the kernel has room. */
  public long writes() {
    return writes.sum();
  }

  /** Copies withheld so far because too much was waiting for their subscriber. */
  public long slow() {
    return slow.sum();
  }
}
