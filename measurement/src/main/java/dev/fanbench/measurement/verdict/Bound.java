package dev.fanbench.measurement.verdict;

/** The comparison of a threshold. */
enum Bound {
  UNDER("<"),
  AT_MOST("<="),
  EQUAL("==");

  private final String symbol;

  Bound(String symbol) {
    this.symbol = symbol;
  }

  String symbol() {
    return symbol;
  }

  /** Whether a count that only grows can never hold it again. */
  boolean isLost(long observed, long limit) {
    return this == UNDER ? observed >= limit : observed > limit;
  }

  boolean holds(long observed, long limit) {
    return switch (this) {
      case UNDER -> observed < limit;
      case AT_MOST -> observed <= limit;
      case EQUAL -> observed == limit;
    };
  }
}
