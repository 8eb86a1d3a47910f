package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.SloVerdict;

/** Mark of an answer, with a sign that needs no colour. */
public enum Mark {
  /** It holds. */
  GOOD("✓"),
  /** It does not. */
  BAD("✗"),
  /** There are too few samples to say, or nothing depends on it. */
  UNKNOWN("?");

  private final String sign;

  Mark(String sign) {
    this.sign = sign;
  }

  /** One character. */
  public String sign() {
    return sign;
  }

  /** Mark of a yes or no. */
  public static Mark of(boolean holds) {
    return holds ? GOOD : BAD;
  }

  /** Mark of a threshold; one that is undecided is unknown, not missed. */
  public static Mark of(SloVerdict slo) {
    return switch (slo.decision()) {
      case HELD -> GOOD;
      case MISSED -> BAD;
      case UNDECIDED -> UNKNOWN;
    };
  }

  /** Mark of the deliveries of a run; of nothing there is nothing to say. */
  public static Mark of(DeliveryTotal total) {
    return total.nothing() ? UNKNOWN : of(total.allAccounted());
  }

  /** Mark of the answer about round trips. */
  public static Mark of(RoundTripAnswer answer) {
    return answer.known() ? of(answer.holds()) : UNKNOWN;
  }
}
