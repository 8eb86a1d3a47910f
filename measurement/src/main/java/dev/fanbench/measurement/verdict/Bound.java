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

  boolean holds(long observed, long limit) {
    return switch (this) {
      case UNDER -> observed < limit;
      case AT_MOST -> observed <= limit;
      case EQUAL -> observed == limit;
    };
  }
}
