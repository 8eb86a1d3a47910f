package dev.fanbench.gatling.options;

import dev.fanbench.measurement.workload.Phase;

/**
 * Cuts phases into blocks, after each of which the next target has its turn. More blocks make a
 * better comparison and cost time between them.
 */
final class BlockPlan {
  /** Enough pairs of blocks for a ratio's interval. */
  private static final int WANTED = 8;

  /** Fewer pairs say nothing of their scatter. */
  private static final int FEWEST = 3;

  /** Shorter blocks would mostly be waits for their first and last arrivals. */
  private static final double SHORTEST_SECONDS = 0.25;

  /** Longer blocks of two targets are no neighbours in time; only phases over an hour have them. */
  private static final double LONGEST_SECONDS = 5;

  /** A noisy moment of the machine is often as short as this. */
  private static final double LONGEST_SECONDS_OF_A_DUET = 0.5;

  /** Longer phases have longer blocks: more of them make a longer file and no better ratio. */
  private static final double LONGEST_SECONDS_OF_ALL = 3_600;

  /** A median of fewer arrivals has no interval. */
  private static final int FEWEST_ARRIVALS = 8;

  private BlockPlan() {}

  /** The phase in blocks, for targets that take turns. */
  static Phase cut(Phase phase) {
    return cut(phase, LONGEST_SECONDS);
  }

  /** The phase in blocks of half a second at most; a warm-up has such blocks already. */
  static Phase cutForDuet(Phase phase) {
    return phase.warmUp() ? phase : cut(phase, LONGEST_SECONDS_OF_A_DUET);
  }

  private static Phase cut(Phase phase, double longestSeconds) {
    if (phase.outage().any()) {
      return phase;
    }
    double most =
        Math.min(phase.seconds() / SHORTEST_SECONDS, (double) phase.count() / FEWEST_ARRIVALS);
    double seconds = Math.min(LONGEST_SECONDS_OF_ALL, phase.seconds());
    double wanted = Math.max(WANTED, seconds / longestSeconds);
    int blocks = (int) Math.min(most, wanted);
    Phase whole = whole(phase, Math.max(1, blocks));
    return whole.blocks() < FEWEST ? phase.inBlocks(1) : whole;
  }

  /** A warm-up in blocks of a second, so that it can end when the target is warm. */
  static Phase cutWarmUp(Phase phase) {
    int blocks = (int) Math.max(1, Math.round(phase.seconds()));
    return whole(phase, blocks);
  }

  /** The phase in so many blocks, or in fewer when the last ones would have no arrival. */
  private static Phase whole(Phase phase, int blocks) {
    int bursts = phase.bursts();
    int burstsOfEach = (bursts + blocks - 1) / blocks;
    return phase.inBlocks((bursts + burstsOfEach - 1) / burstsOfEach);
  }
}
