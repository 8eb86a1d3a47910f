package dev.fanbench.measurement.record;

import dev.fanbench.measurement.run.Arrival;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;

/**
 * The state of every arrival of a phase.
 *
 * <p>Each arrival has one atomic cell: how many deliveries are outstanding, or why none is awaited.
 * All else is plain memory that its cell publishes. A send writes its time and then opens the cell;
 * A loop writes its first and last times in columns of its own, and then takes one from the cell.
 * The loop that takes the last one therefore sees the writes of all others.
 */
final class ArrivalLedger {

  /** Cell values below zero say why no delivery is awaited: not sent yet. */
  static final int UNSENT = -1;

  /** Could not be sent. */
  static final int FAILED = -2;

  /** Not sent when its phase ended. */
  static final int ABANDONED = -3;

  /** Answer of {@link #take} only: every delivery had already come. */
  static final int ALREADY_WHOLE = -4;

  /** Given up; the number missing is subtracted from this, so that one cell tells both. */
  static final int CLOSED = -16;

  private final PhasePlan plan;
  private final AtomicIntegerArray outstanding;

  /** In blocks that have not begun, the end of time. */
  private final long[] intendedAtNanos;

  private final long[] blockStartNanos;
  private final long[] blockDeadlineNanos;

  private final int blockSize;

  /** Blocks that have begun. */
  private volatile int blocksBegun;

  /** Arrivals of these blocks; its write publishes their times. */
  private volatile int arrivalsBegun;

  private final long[] sentAtNanos;
  private final long[][] firstAtNanos;
  private final long[][] lastAtNanos;

  /** Read lag of the last delivery so far. */
  private final long[][] lagNanos;

  ArrivalLedger(PhasePlan plan) {
    int arrivals = plan.phase().count();
    int loops = plan.loops();
    this.plan = plan;
    intendedAtNanos = filled(arrivals, Long.MAX_VALUE);
    blockSize = plan.phase().blockSize();
    blockStartNanos = new long[plan.phase().blocks()];
    blockDeadlineNanos = new long[plan.phase().blocks()];
    outstanding = new AtomicIntegerArray(arrivals);
    for (int n = 0; n < arrivals; n++) {
      outstanding.setPlain(n, UNSENT);
    }
    sentAtNanos = filled(arrivals, Arrival.NEVER);
    firstAtNanos = new long[loops][];
    lastAtNanos = new long[loops][];
    lagNanos = new long[loops][arrivals];
    for (int loop = 0; loop < loops; loop++) {
      firstAtNanos[loop] = filled(arrivals, Long.MAX_VALUE);
      lastAtNanos[loop] = filled(arrivals, Arrival.NEVER);
    }
  }

  /**
   * Begins the next block: from now on its arrivals have intended times.
   *
   * @param startNanos intended time of its first arrival
   */
  void beginBlock(long startNanos) {
    int block = blocksBegun;
    int first = plan.phase().firstOfBlock(block);
    int end = plan.phase().firstOfBlock(block + 1);
    long shift = startNanos - plan.schedule().offsetNanos(first);
    for (int n = first; n < end; n++) {
      intendedAtNanos[n] = shift + plan.schedule().offsetNanos(n);
    }
    blockStartNanos[block] = startNanos;
    blockDeadlineNanos[block] = intendedAtNanos[end - 1] + plan.drainNanos();
    blocksBegun = block + 1;
    arrivalsBegun = end;
  }

  int blocksBegun() {
    return blocksBegun;
  }

  /** Whether the block of an arrival has begun. */
  boolean begun(int n) {
    return n < arrivalsBegun;
  }

  /** The time of the first arrival of a block. */
  long startNanos(int block) {
    return blockStartNanos[block];
  }

  /** The time after which a delivery of this arrival is late. */
  long deadlineNanos(int n) {
    return blockDeadlineNanos[n / blockSize];
  }

  int size() {
    return sentAtNanos.length;
  }

  int state(int n) {
    return outstanding.get(n);
  }

  /** Opens an arrival; false when it is no longer unsent. */
  boolean open(int n, long atNanos, int expected) {
    if (outstanding.get(n) != UNSENT) {
      return false;
    }
    sentAtNanos[n] = atNanos;
    if (outstanding.compareAndSet(n, UNSENT, expected)) {
      return true;
    }
    sentAtNanos[n] = Arrival.NEVER;
    return false;
  }

  /** Turns an unsent arrival into one that will not be sent; false when it is no longer unsent. */
  boolean give(int n, int reason) {
    return outstanding.compareAndSet(n, UNSENT, reason);
  }

  /**
   * Counts one delivery, seen by {@code loop}.
   *
   * @return how many remain outstanding, 0 for the caller that took the last; or the reason, below
   *     zero, why none was awaited
   */
  int take(int n, int loop, long nowNanos, long readLagNanos) {
    int before = outstanding.get(n);
    if (before > 0) {
      firstAtNanos[loop][n] = Math.min(firstAtNanos[loop][n], nowNanos);
      if (nowNanos >= lastAtNanos[loop][n]) {
        lastAtNanos[loop][n] = nowNanos;
        lagNanos[loop][n] = readLagNanos;
      }
    }
    while (before > 0) {
      if (outstanding.compareAndSet(n, before, before - 1)) {
        return before - 1;
      }
      before = outstanding.get(n);
    }
    return before == 0 ? ALREADY_WHOLE : before;
  }

  /**
   * Gives up on what is outstanding.
   *
   * @return how many are missing by that; 0 when the arrival was not open
   */
  int close(int n) {
    int before = outstanding.get(n);
    while (before > 0) {
      if (outstanding.compareAndSet(n, before, CLOSED - before)) {
        return before;
      }
      before = outstanding.get(n);
    }
    return 0;
  }

  long intendedAtNanos(int n) {
    return intendedAtNanos[n];
  }

  /** The number of arrivals whose intended time is not after this one. */
  int due(long nowNanos) {
    int at = Arrays.binarySearch(intendedAtNanos, nowNanos + 1);
    return at < 0 ? -at - 1 : at;
  }

  long sentAtNanos(int n) {
    return sentAtNanos[n];
  }

  /** Deliveries given up; 0 for an arrival that is open, whole or was never sent. */
  int missing(int n) {
    int state = outstanding.get(n);
    return state <= CLOSED ? CLOSED - state : 0;
  }

  long firstAtNanos(int n) {
    long first = Long.MAX_VALUE;
    for (long[] ofLoop : firstAtNanos) {
      first = Math.min(first, ofLoop[n]);
    }
    return first == Long.MAX_VALUE ? Arrival.NEVER : first;
  }

  long lastAtNanos(int n) {
    long last = Arrival.NEVER;
    for (long[] ofLoop : lastAtNanos) {
      last = Math.max(last, ofLoop[n]);
    }
    return last;
  }

  /** The read lag of the last delivery. */
  long lagNanos(int n) {
    long last = Arrival.NEVER;
    long lag = Arrival.NEVER;
    for (int loop = 0; loop < lastAtNanos.length; loop++) {
      if (lastAtNanos[loop][n] > last) {
        last = lastAtNanos[loop][n];
        lag = lagNanos[loop][n];
      }
    }
    return lag;
  }

  private static long[] filled(int length, long value) {
    long[] values = new long[length];
    Arrays.fill(values, value);
    return values;
  }
}
