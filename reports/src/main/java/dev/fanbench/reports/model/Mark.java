package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.SloVerdict;

/** How an answer is marked, with a sign that needs no colour. */
public enum Mark {
  /** It holds. */
  GOOD("✓"),
  /** It does not. */
  BAD("✗"),
  /** There are too few samples to say. */
  UNKNOWN("?");

  private final String sign;

  Mark(String sign) {
    this.sign = sign;
  }

  /** One character. */
  public String sign() {
    return sign;
  }

  /** Whether something holds. */
  public static Mark of(boolean holds) {
    return holds ? GOOD : BAD;
  }

  /** How a threshold is marked: one that too few samples answer gates nothing, so it is no miss. */
  public static Mark of(SloVerdict slo) {
    boolean untold = !slo.held() && !slo.gate() && slo.observed().startsWith("too few samples");
    return untold ? UNKNOWN : of(slo.held());
  }

  /** How an answer is marked. */
  public static Mark of(Answer answer) {
    return answer.known() ? of(answer.holds()) : UNKNOWN;
  }
}
