package dev.fanbench.measurement.record;

import java.util.Arrays;

/**
 * The deliveries of each listener. A bit per arrival makes duplicates exact, and the highest
 * sequence per publisher makes reorderings exact.
 *
 * <p>A row belongs to one event loop, the only one that reads or writes it; rows are separate
 * arrays, so that loops do not share cache lines.
 */
final class DeliveryBitmap {

  private final long[][] seen;
  private final int[][] highest;

  /**
   * All memory is taken here: {@code rows × arrivals} bits and {@code rows × publishers} ints.
   *
   * @param publishers 0 where order is not looked at
   */
  DeliveryBitmap(int rows, int arrivals, int publishers) {
    seen = new long[rows][(arrivals + 63) >>> 6];
    highest = new int[rows][publishers];
    for (int[] row : highest) {
      Arrays.fill(row, -1);
    }
  }

  int rows() {
    return seen.length;
  }

  boolean has(int row, int sequence) {
    return (seen[row][sequence >>> 6] & 1L << sequence) != 0;
  }

  /** Marks a first sight; true when it came behind a later one of the same publisher. */
  boolean mark(int row, int publisher, int sequence) {
    seen[row][sequence >>> 6] |= 1L << sequence;
    int[] ofRow = highest[row];
    if (ofRow.length == 0) {
      return false;
    }
    if (sequence < ofRow[publisher]) {
      return true;
    }
    ofRow[publisher] = sequence;
    return false;
  }
}
