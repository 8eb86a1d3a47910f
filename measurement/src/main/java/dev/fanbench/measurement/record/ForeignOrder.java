package dev.fanbench.measurement.record;

import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseShare;
import java.util.Arrays;

/**
 * The latest publications that each subscriber has seen of each publisher of other shards. It finds
 * duplicates and reorderings among the last {@value #WINDOW} of a publisher, and takes twelve bytes
 * for each pair of a subscriber and a publisher. An older one counts as a duplicate, so that a copy
 * never stands for a delivery that is missing.
 *
 * <p>A row belongs to one event loop, the only one that reads or writes it.
 */
final class ForeignOrder {

  /** Publications of one publisher among which a second copy is told from a late first one. */
  static final int WINDOW = Long.SIZE;

  private final int shard;
  private final int rooms;

  /** Shares of the phase that other shards offer; null at the place of this one. */
  private final Phase[] shares;

  /** Column of each shard's first publisher. */
  private final int[] firstColumns;

  private final int[][] highest;
  private final long[][] window;

  /** All memory is taken here. Without shared rooms there is nothing to be heard of others. */
  ForeignOrder(PhasePlan plan) {
    PhaseShare share = plan.share();
    boolean hears = share.foreignFanOut() > 0;
    int shards = share.shard().count();
    shard = share.shard().index();
    rooms = plan.phase().rooms();
    shares = new Phase[hears ? shards : 0];
    firstColumns = new int[shares.length];
    int columns = 0;
    for (int other = 0; other < shares.length; other++) {
      if (other != shard) {
        shares[other] = share.of(other).own();
        firstColumns[other] = columns;
        columns += shares[other].publishers() / rooms;
      }
    }
    int rows = hears ? plan.phase().subscribers() : 0;
    highest = new int[rows][columns];
    window = new long[rows][columns];
    for (int[] row : highest) {
      Arrays.fill(row, -1);
    }
  }

  /** The meaning of a stamp of another shard. */
  enum Sight {
    /** The latest of its publisher so far. */
    FIRST,
    /** Not seen before, and behind a later one of the same publisher. */
    BEHIND,
    /** Seen before, or too old to tell. */
    AGAIN,
    /** No publisher of that shard sends it to this subscriber's room. */
    IMPOSSIBLE
  }

  /**
   * Notes a delivery.
   *
   * @param from the other shard
   * @param publisher the number among its own publishers
   * @param sequence the number among its own arrivals
   */
  Sight see(int row, int from, int publisher, int sequence) {
    if (!possible(row, from, publisher, sequence)) {
      return Sight.IMPOSSIBLE;
    }
    int column = firstColumns[from] + publisher / rooms;
    int turn = sequence / shares[from].publishers();
    int ahead = turn - highest[row][column];
    if (ahead > 0) {
      highest[row][column] = turn;
      window[row][column] = ahead >= WINDOW ? 1 : window[row][column] << ahead | 1;
      return Sight.FIRST;
    }
    long bit = -ahead >= WINDOW ? 0 : 1L << -ahead;
    if (bit == 0 || (window[row][column] & bit) != 0) {
      return Sight.AGAIN;
    }
    window[row][column] |= bit;
    return Sight.BEHIND;
  }

  private boolean possible(int row, int from, int publisher, int sequence) {
    if (row < 0 || row >= highest.length || shares[from] == null || sequence < 0) {
      return false;
    }
    Phase share = shares[from];
    return publisher < share.publishers()
        && sequence < share.count()
        && sequence % share.publishers() == publisher
        && publisher % rooms == row % rooms;
  }
}
