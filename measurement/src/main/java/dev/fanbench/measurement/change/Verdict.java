package dev.fanbench.measurement.change;

/** The result of comparing two sides. */
public enum Verdict {
  /** The new side takes less by the smallest change or more, and the interval excludes 1. */
  FASTER("faster"),
  /** The new side takes more by the smallest change or more, and the interval excludes 1. */
  SLOWER("slower"),
  /** Neither, and the interval excludes twice the smallest change. */
  NO_CHANGE("no change"),
  /** Neither, and the interval is too wide to exclude a change. */
  UNDECIDED("undecided"),
  /** The new side loses messages or dies in more of its runs. */
  LESS_CORRECT("less correct"),
  /** The old side loses messages or dies in more of its runs. */
  MORE_CORRECT("more correct"),
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
  public boolean hasRatio() {
    return this == FASTER || this == SLOWER || this == NO_CHANGE || this == UNDECIDED;
  }

  /** Whether the new side is worse. */
  public boolean fails() {
    return this == SLOWER || this == LESS_CORRECT;
  }

  /** Whether the sides could not be judged. */
  public boolean unjudged() {
    return this == NOT_COMPARABLE || this == TOO_FEW_RUNS;
  }
}
