package dev.fanbench.baseline.nodes;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts publications between this node and Redis. Thread-safe.
 *
 * @param published publications that Redis has confirmed
 * @param passedOn copies that Redis has made of them, one for each node that subscribes, this one
 *     included
 * @param dropped publications that were not passed on: too many were waiting, or Redis was away
 * @param heard messages from Redis, this node's own included
 * @param delivered publications of other nodes delivered to members here
 * @param repeated publications of other nodes that had been here before
 * @param rejected messages that no node has written
 * @param connects connections to Redis that were made
 */
record RelayCounter(
    LongAdder published,
    LongAdder passedOn,
    LongAdder dropped,
    LongAdder heard,
    LongAdder delivered,
    LongAdder repeated,
    LongAdder rejected,
    LongAdder connects) {

  /** Nothing counted yet. */
  RelayCounter() {
    this(
        new LongAdder(),
        new LongAdder(),
        new LongAdder(),
        new LongAdder(),
        new LongAdder(),
        new LongAdder(),
        new LongAdder(),
        new LongAdder());
  }
}
