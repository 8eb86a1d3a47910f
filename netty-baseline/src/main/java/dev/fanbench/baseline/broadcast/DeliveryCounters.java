package dev.fanbench.baseline.broadcast;

import java.util.concurrent.atomic.LongAdder;

/** What became of the copies of publications. Thread-safe. */
public final class DeliveryCounters {
  private final LongAdder sent = new LongAdder();
  private final LongAdder slow = new LongAdder();

  /** Counts copies handed to the socket, and copies withheld from slow subscribers. */
  void add(int sentCopies, int slowCopies) {
    sent.add(sentCopies);
    if (slowCopies > 0) {
      slow.add(slowCopies);
    }
  }

  /** Copies handed to a socket so far. */
  public long sent() {
    return sent.sum();
  }

  /** Copies withheld so far because too much was waiting for their subscriber. */
  public long slow() {
    return slow.sum();
  }
}
