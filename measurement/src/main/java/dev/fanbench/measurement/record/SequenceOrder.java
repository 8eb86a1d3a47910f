package dev.fanbench.measurement.record;

import java.util.Arrays;

/**
 * The highest sequence that each subscriber has seen of each publisher it can hear. It makes
 * reorderings exact.
 *
 * <p>A row belongs to one event loop, the only one that reads or writes it; rows are separate
 * arrays, so that loops do not share cache lines.
 */
final class SequenceOrder {

  private final int[][] highest;

  /** The place of each publisher among those that its rooms hear. */
  private final int[] columns;

  /**
   * All memory is taken here. Arrival {@code n} is publisher {@code n % publishers}'s and goes to
   * room {@code n % rooms}. So a subscriber hears one publisher in {@code gcd(publishers, rooms)}.
   * With a publisher for each room that is one, and where members publish it is those of its room.
   */
  SequenceOrder(PhasePlan plan) {
    int shared = greatestCommonDivisor(plan.publishers(), plan.phase().rooms());
    columns = new int[plan.publishers()];
    for (int publisher = 0; publisher < columns.length; publisher++) {
      columns[publisher] = publisher / shared;
    }
    int rows = plan.answersTheAsker() ? 0 : plan.phase().memberships();
    highest = new int[rows][columns.length / shared];
    for (int[] row : highest) {
      Arrays.fill(row, -1);
    }
  }

  /** Notes a first sight; true when it came behind a later one of the same publisher. */
  boolean isBehind(int row, int publisher, int sequence) {
    int[] ofRow = highest[row];
    int column = columns[publisher];
    if (sequence < ofRow[column]) {
      return true;
    }
    ofRow[column] = sequence;
    return false;
  }

  /** Sequences that are kept, one for each subscriber and publisher. */
  long cells() {
    return Arrays.stream(highest).mapToLong(row -> row.length).sum();
  }

  private static int greatestCommonDivisor(int a, int b) {
    return b == 0 ? a : greatestCommonDivisor(b, a % b);
  }
}
