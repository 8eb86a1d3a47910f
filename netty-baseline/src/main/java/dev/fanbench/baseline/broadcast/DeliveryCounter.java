package dev.fanbench.baseline.broadcast;

import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the copies of publications by their outcome: sent, withheld, conflated, or waiting in a
 * backlog. Thread-safe.
 */
public final class DeliveryCounter {
  private final LongAdder sent = new LongAdder();
  private final LongAdder writes = new LongAdder();
  private final LongAdder deflated = new LongAdder();
  private final LongAdder withheld = new LongAdder();
  private final LongAdder conflated = new LongAdder();
  private final LongAdder disconnected = new LongAdder();
  private final LongAdder bufferedBytes = new LongAdder();

  /** Counts copies handed to the socket, and in how many writes. */
  void countSent(int copies, int writeCalls) {
    sent.add(copies);
    writes.add(writeCalls);
  }

  /** Counts a publication deflated, for however many. */
  void countDeflated() {
    deflated.increment();
  }

  /** Counts copies that a slow subscriber will not get. */
  void countWithheld(int copies) {
    withheld.add(copies);
  }

  /** Counts copies that a slow subscriber will not get since a later one took their place. */
  void countConflated(int copies) {
    conflated.add(copies);
  }

  /** Counts a connection ended because it was slow. */
  void countDisconnected() {
    disconnected.increment();
  }

  /** Counts what has come into backlogs, or gone from them. */
  void countBuffered(int bytes) {
    bufferedBytes.add(bytes);
  }

  /** Copies handed to a socket so far. */
  public long sent() {
    return sent.sum();
  }

  /** Writes so far that carried these copies, each a system call while the kernel has room. */
  public long writes() {
    return writes.sum();
  }

  /** Publications deflated so far. */
  public long deflated() {
    return deflated.sum();
  }

  /** Copies withheld so far because too much was waiting for their subscriber. */
  public long withheld() {
    return withheld.sum();
  }

  /** Copies so far whose place a later one took while their subscriber was slow. */
  public long conflated() {
    return conflated.sum();
  }

  /** Connections ended so far because their subscriber was slow. */
  public long disconnected() {
    return disconnected.sum();
  }

  /** The bytes that wait for slow subscribers outside their channels, with 96 for each copy. */
  public long bufferedBytes() {
    return bufferedBytes.sum();
  }
}
