package dev.fanbench.gatling.command;

import java.util.ArrayList;
import java.util.List;

/** The order of two sides, A B B A A B B A …, so that a machine that drifts favours neither. */
final class Interleaving {

  private Interleaving() {}

  /**
   * The order of the runs.
   *
   * @param runs of each side
   * @return 0 for the first side, 1 for the second
   */
  static List<Integer> of(int runs) {
    List<Integer> turns = new ArrayList<>();
    for (int pair = 0; pair < runs; pair++) {
      turns.add(pair % 2);
      turns.add(1 - pair % 2);
    }
    return turns;
  }
}
