package dev.fanbench.measurement.record;

import dev.fanbench.measurement.run.Arrival;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * The state of every arrival of a phase.
 *
 * <p>Each arrival has one atomic cell: how many deliveries are outstanding, or why none is awaited.
 * All else is plain memory that its cell publishes. A send writes its time and then opens the cell;
 * A loop writes its first and last times in columns of its own, and then takes one from the cell.
 * The loop that takes the last one therefore sees the writes of all others.
 *
 * <p>The cells stay, four bytes each. All else is in segments, which are made shortly before their
 * arrivals are due and let go after the last of them is closed. So the memory of a phase does not
 * grow with its length.
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

  private static final int SEGMENT_BITS = 12;

  /** Arrivals of a segment. */
  static final int SEGMENT = 1 << SEGMENT_BITS;

  /** Segments that stay after they are closed, so that usual phases keep all of theirs. */
  static final int KEPT_SEGMENTS = 8;

  /** Segments are made for arrivals that are due in so long: three ticks. */
  private static final long AHEAD_NANOS = 3_000_000_000L;

  private final PhasePlan plan;
  private final AtomicIntegerArray outstanding;

  /** Null for segments that are not made yet, or were let go. */
  private final LedgerSegment[] segments;

  /** Closed arrivals of each segment. */
  private final AtomicIntegerArray closed;

  private final long[] blockShiftNanos;
  private final long[] blockStartNanos;
  private final long[] blockDeadlineNanos;

  /** The time of the latest send of each block. */
  private final AtomicLongArray blockSentNanos;

  private final int blockSize;

  /** Blocks that have begun. */
  private volatile int blocksBegun;

  /** Arrivals of these blocks; its write publishes their times. */
  private volatile int arrivalsBegun;

  /** Segments from the first on that were let go. */
  private int released;

  /** Segments that were made, those that were let go included. */
  private int made;

  ArrivalLedger(PhasePlan plan) {
    int arrivals = plan.phase().count();
    int blocks = plan.phase().blocks();
    this.plan = plan;
    blockSize = plan.phase().blockSize();
    blockShiftNanos = new long[blocks];
    blockStartNanos = new long[blocks];
    blockDeadlineNanos = new long[blocks];
    long[] never = new long[blocks];
    Arrays.fill(never, Arrival.NEVER);
    blockSentNanos = new AtomicLongArray(never);
    outstanding = new AtomicIntegerArray(arrivals);
    for (int n = 0; n < arrivals; n++) {
      outstanding.setPlain(n, UNSENT);
    }
    segments = new LedgerSegment[(arrivals + SEGMENT - 1) >>> SEGMENT_BITS];
    closed = new AtomicIntegerArray(segments.length);
  }

  /**
   * Begins the next block: from now on its arrivals have intended times.
   *
   * @param startNanos intended time of its first arrival, of whichever shard
   */
  synchronized void beginBlock(long startNanos) {
    int block = blocksBegun;
    int first = plan.phase().firstOfBlock(block);
    int end = plan.phase().firstOfBlock(block + 1);
    blockShiftNanos[block] = startNanos - plan.schedule().blockOffsetNanos(first);
    blockStartNanos[block] = startNanos;
    blocksBegun = block + 1;
    for (int segment = first >>> SEGMENT_BITS; segment < made; segment++) {
      fill(segments[segment], first, end);
    }
    blockDeadlineNanos[block] = intendedAtNanos(end - 1) + plan.drainNanos();
    arrivalsBegun = end;
    reserve(startNanos);
  }

  private void fill(LedgerSegment segment, int first, int end) {
    for (int n = Math.max(first, segment.first); n < Math.min(end, segment.end()); n++) {
      segment.intended(n, intendedAtNanos(n));
    }
  }

  /** Makes the segments of arrivals that will be due soon. */
  synchronized void reserve(long nowNanos) {
    int due = due(nowNanos + AHEAD_NANOS);
    if (due > 0) {
      makeThrough((due - 1) >>> SEGMENT_BITS);
    }
  }

  private synchronized void makeThrough(int last) {
    while (made <= last) {
      int first = made << SEGMENT_BITS;
      LedgerSegment segment = new LedgerSegment(plan, first, Math.min(SEGMENT, size() - first));
      fill(segment, first, arrivalsBegun);
      segments[made++] = segment;
    }
  }

  /**
   * The segment of an arrival; null when it is not made yet or was let go. The read is plain: a
   * delivery comes through the kernel, after its send.
   */
  LedgerSegment segment(int n) {
    return segments[n >>> SEGMENT_BITS];
  }

  private LedgerSegment madeSegment(int n) {
    LedgerSegment segment = segment(n);
    if (segment == null) {
      makeThrough(n >>> SEGMENT_BITS);
      segment = segment(n);
    }
    return segment;
  }

  /** An arrival is closed and its times are read: they are not needed for that any more. */
  void closed(int n) {
    closed.incrementAndGet(n >>> SEGMENT_BITS);
  }

  /**
   * The index behind the arrivals that can be let go: those in front of it are closed, and so many
   * came after them that a late copy is not likely.
   */
  synchronized int releasable() {
    int segment = released;
    while (segment < made - KEPT_SEGMENTS && closed.get(segment) == SEGMENT) {
      segment++;
    }
    return segment << SEGMENT_BITS;
  }

  /** Lets go of the times of arrivals in front of {@code end}, whole segments only. */
  synchronized void release(int end) {
    int segment = end == size() ? segments.length : end >>> SEGMENT_BITS;
    while (released < segment) {
      segments[released++] = null;
    }
    made = Math.max(made, released);
  }

  /** Segments that are held now. */
  synchronized int held() {
    return made - released;
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

  /** The time of the latest send of a block; the start of the block when nothing was sent. */
  long lastSentNanos(int block) {
    return Math.max(blockStartNanos[block], blockSentNanos.get(block));
  }

  int size() {
    return outstanding.length();
  }

  int state(int n) {
    return outstanding.get(n);
  }

  /** Opens an arrival; false when it is no longer unsent. */
  boolean open(int n, long atNanos, int expected) {
    if (outstanding.get(n) != UNSENT) {
      return false;
    }
    LedgerSegment segment = madeSegment(n);
    segment.sent(n, atNanos);
    if (outstanding.compareAndSet(n, UNSENT, expected)) {
      blockSentNanos.accumulateAndGet(n / blockSize, atNanos, Math::max);
      return true;
    }
    segment.sent(n, Arrival.NEVER);
    return false;
  }

  /** Turns an unsent arrival into one that will not be sent; false when it is no longer unsent. */
  boolean give(int n, int reason) {
    return outstanding.compareAndSet(n, UNSENT, reason);
  }

  /**
   * Counts one delivery, seen by {@code loop}.
   *
   * @param segment of the arrival
   * @return how many remain outstanding, 0 for the caller that took the last; or the reason, below
   *     zero, why none was awaited
   */
  int take(LedgerSegment segment, int n, int loop, long nowNanos, long readLagNanos) {
    int before = outstanding.get(n);
    if (before > 0) {
      segment.seen(n, loop, nowNanos, readLagNanos);
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

  /**
   * Turns an arrival that was opened, and of which nothing was delivered, into one that was not
   * sent.
   *
   * @return the deliveries that it no longer expects; 0 when it was not open
   */
  int withdraw(int n) {
    int before = outstanding.get(n);
    if (before <= 0 || !outstanding.compareAndSet(n, before, FAILED)) {
      return 0;
    }
    madeSegment(n).sent(n, Arrival.NEVER);
    return before;
  }

  /** The intended time; the end of time in a block that has not begun. */
  long intendedAtNanos(int n) {
    int block = n / blockSize;
    return block < blocksBegun
        ? blockShiftNanos[block] + plan.schedule().offsetNanos(n)
        : Long.MAX_VALUE;
  }

  /** The number of arrivals whose intended time is not after this one. */
  int due(long nowNanos) {
    int from = 0;
    int to = arrivalsBegun;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (intendedAtNanos(middle) <= nowNanos) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  /** Deliveries given up; 0 for an arrival that is open, whole or was never sent. */
  int missing(int n) {
    int state = outstanding.get(n);
    return state <= CLOSED ? CLOSED - state : 0;
  }

  /** The outcome of an arrival whose segment was not let go. */
  Arrival arrival(int n) {
    LedgerSegment segment = segment(n);
    long sent = segment == null ? Arrival.NEVER : segment.sentAtNanos(n);
    int missing = missing(n);
    return new Arrival(
        n,
        begun(n) ? intendedAtNanos(n) : Arrival.NEVER,
        sent,
        segment == null ? Arrival.NEVER : segment.firstAtNanos(n),
        segment == null ? Arrival.NEVER : segment.lastAtNanos(n),
        sent == Arrival.NEVER ? 0 : plan.expected(n) - missing,
        missing,
        segment == null ? Arrival.NEVER : segment.lagNanos(n));
  }
}
