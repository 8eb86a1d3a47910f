package dev.fanbench.measurement.change;

/** The result of comparing two sides. */
public enum Verdict {
  /** The new side takes at least 5 % less, and the interval excludes 1. */
  FASTER("faster"),
  /** The new side takes at least 5 % more, and the interval excludes 1. */
  SLOWER("slower"),
  /** Neither; the interval says what may have been overlooked. */
  NO_CHANGE("no change"),
  /** The sides did not offer, or did not show, the same thing. */
  NOT_COMPARABLE("not comparable"),
  /** Fewer than three valid runs on a side. */
  TOO_FEW_RUNS("too few runs");

  private final String words;

  Verdict(String words) {
    this.words = words;
  }

  /** As a table has it. */
  public String words() {
    return words;
  }

  /** Whether there is a ratio behind it. */
  public boolean judged() {
    return this == FASTER || this == SLOWER || this == NO_CHANGE;
  }
}
