package dev.fanbench.measurement.record;

/**
 * The deliveries of each listener of some arrivals. A bit per arrival of its room makes duplicates
 * exact.
 *
 * <p>A row belongs to one event loop, the only one that reads or writes it; rows are separate
 * arrays, so that loops do not share cache lines.
 */
final class DeliveryBitmap {

  private final long[][] seen;

  /**
   * All memory is taken here: {@code rows × turns} bits.
   *
   * @param turns arrivals that one row can hear
   */
  DeliveryBitmap(int rows, int turns) {
    seen = new long[rows][(turns + 63) >>> 6];
  }

  int rows() {
    return seen.length;
  }

  boolean has(int row, int turn) {
    return (seen[row][turn >>> 6] & 1L << turn) != 0;
  }

  /** Marks a first sight. */
  void mark(int row, int turn) {
    seen[row][turn >>> 6] |= 1L << turn;
  }
}
