package dev.fanbench.measurement.run;

/**
 * One threshold, checked.
 *
 * @param expression as asked: {@code p99.lastDelivery<250ms}
 * @param phase the phase it was checked in, or {@code run}
 * @param gate true when it decides the exit code (99 missed, 97 undecided); false for a question
 *     that the page answers
 * @param held whether the threshold held for certain
 * @param observed the value seen, with its unit, or why there is none
 * @param decision held or missed for certain, or neither
 */
public record SloVerdict(
    String expression,
    String phase,
    boolean gate,
    boolean held,
    String observed,
    Decision decision) {

  /** The certainty of a verdict. */
  public enum Decision {
    /** The whole range of the true value is within the threshold. */
    HELD,
    /** The whole range of the true value is beyond the threshold. */
    MISSED,
    /** The threshold is inside the range of the true value. */
    UNDECIDED;

    /** In lower case, for sentences. */
    public String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  public SloVerdict {
    if (decision == null) {
      decision = ofOlderRun(held, gate, observed);
    }
  }

  /** A verdict on a value that is known for certain. */
  public SloVerdict(String expression, String phase, boolean gate, boolean held, String observed) {
    this(expression, phase, gate, held, observed, held ? Decision.HELD : Decision.MISSED);
  }

  /** The verdict in words: the decision, the threshold, its phase and the value. */
  public String sentence() {
    return "threshold %s: %s in %s: %s".formatted(decision.word(), expression, phase, observed);
  }

  /** Whether it decides the exit code and did not hold for certain. */
  public boolean fails() {
    return gate && decision != Decision.HELD;
  }

  /** Run directories up to version 0.1 of November 2026 tell it by their sentence only. */
  private static Decision ofOlderRun(boolean held, boolean gate, String observed) {
    if (held) {
      return Decision.HELD;
    }
    return !gate && observed.startsWith("too few samples") ? Decision.UNDECIDED : Decision.MISSED;
  }
}
