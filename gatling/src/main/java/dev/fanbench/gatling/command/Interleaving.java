package dev.fanbench.gatling.command;

import java.util.List;

/** The order of two sides, A B B A A B B A …, so that a machine that drifts favours neither. */
final class Interleaving {

  private Interleaving() {}

  /**
   * The order within a pair.
   *
   * @param pair from 1
   * @return 0 for the first side, 1 for the second
   */
  static List<Integer> order(int pair) {
    return pair % 2 == 1 ? List.of(0, 1) : List.of(1, 0);
  }
}
