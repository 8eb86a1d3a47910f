package dev.fanbench.measurement.record;

import java.util.List;

/** Deliveries that publications of other shards should cause here, and those that came. */
final class ForeignCount {
  private static final long UNKNOWN = -1;

  private final List<LoopRecorder> loops;
  private final int fanOut;

  /** Publications of other shards; below 0 while they are not known. */
  private volatile long sent = UNKNOWN;

  /**
   * @param fanOut members of this shard that each publication should reach
   */
  ForeignCount(List<LoopRecorder> loops, int fanOut) {
    this.loops = loops;
    this.fanOut = fanOut;
  }

  /** Other shards may send from now on, and it is not known how many. */
  void forget() {
    sent = UNKNOWN;
  }

  /** Other shards have sent so many publications in this phase so far. */
  void sent(long publications) {
    sent = publications;
  }

  /** Deliveries so far. */
  long delivered() {
    return loops.stream().mapToLong(loop -> loop.foreign.get()).sum();
  }

  /**
   * Deliveries that should have come when so many have. They are the same while it is not known how
   * many publications were sent.
   */
  long expected(long delivered) {
    long known = sent;
    return known == UNKNOWN ? delivered : known * fanOut;
  }

  boolean settled() {
    long delivered = delivered();
    return delivered >= expected(delivered);
  }
}
