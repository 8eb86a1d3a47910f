package dev.fanbench.measurement.record;

import dev.fanbench.measurement.run.Arrival;
import java.util.Arrays;

/**
 * Times and deliveries of arrivals that follow one another: the part of an {@link ArrivalLedger}
 * that is let go when all of them are closed.
 *
 * <p>All fields are final, so that a loop that finds the segment sees it whole.
 */
final class LedgerSegment {

  /** Index of the first arrival. */
  final int first;

  /** The deliveries that have come, by the place of an arrival among those of its room. */
  final DeliveryBitmap audience;

  /** In blocks that have not begun, the end of time. */
  private final long[] intendedAtNanos;

  private final long[] sentAtNanos;
  private final long[][] firstAtNanos;
  private final long[][] lastAtNanos;

  /** Read lag of the last delivery so far. */
  private final long[][] lagNanos;

  private final int firstTurn;

  /**
   * @param first index of its first arrival
   * @param size how many it has
   */
  LedgerSegment(PhasePlan plan, int first, int size) {
    this.first = first;
    int loops = plan.loops();
    firstTurn = plan.turn(first);
    int turns = plan.turn(first + size - 1) - firstTurn + 1;
    audience =
        new DeliveryBitmap(plan.answersTheAsker() ? loops : plan.phase().memberships(), turns);
    intendedAtNanos = filled(size, Long.MAX_VALUE);
    sentAtNanos = filled(size, Arrival.NEVER);
    firstAtNanos = new long[loops][];
    lastAtNanos = new long[loops][];
    lagNanos = new long[loops][size];
    for (int loop = 0; loop < loops; loop++) {
      firstAtNanos[loop] = filled(size, Long.MAX_VALUE);
      lastAtNanos[loop] = filled(size, Arrival.NEVER);
    }
  }

  /** The row's place of arrival {@code turn} of its room. */
  int place(int turn) {
    return turn - firstTurn;
  }

  int end() {
    return first + sentAtNanos.length;
  }

  void intended(int n, long atNanos) {
    intendedAtNanos[n - first] = atNanos;
  }

  long intendedAtNanos(int n) {
    return intendedAtNanos[n - first];
  }

  void sent(int n, long atNanos) {
    sentAtNanos[n - first] = atNanos;
  }

  long sentAtNanos(int n) {
    return sentAtNanos[n - first];
  }

  /** A delivery that {@code loop} has read; written before it is taken from the cell. */
  void seen(int n, int loop, long nowNanos, long readLagNanos) {
    int i = n - first;
    firstAtNanos[loop][i] = Math.min(firstAtNanos[loop][i], nowNanos);
    if (nowNanos >= lastAtNanos[loop][i]) {
      lastAtNanos[loop][i] = nowNanos;
      lagNanos[loop][i] = readLagNanos;
    }
  }

  long firstAtNanos(int n) {
    long least = Long.MAX_VALUE;
    for (long[] ofLoop : firstAtNanos) {
      least = Math.min(least, ofLoop[n - first]);
    }
    return least == Long.MAX_VALUE ? Arrival.NEVER : least;
  }

  long lastAtNanos(int n) {
    long last = Arrival.NEVER;
    for (long[] ofLoop : lastAtNanos) {
      last = Math.max(last, ofLoop[n - first]);
    }
    return last;
  }

  /** The read lag of the last delivery. */
  long lagNanos(int n) {
    int i = n - first;
    long last = Arrival.NEVER;
    long lag = Arrival.NEVER;
    for (int loop = 0; loop < lastAtNanos.length; loop++) {
      if (lastAtNanos[loop][i] > last) {
        last = lastAtNanos[loop][i];
        lag = lagNanos[loop][i];
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
