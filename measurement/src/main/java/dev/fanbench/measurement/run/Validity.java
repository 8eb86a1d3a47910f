package dev.fanbench.measurement.run;

import java.util.List;

/**
 * Whether a run may be believed.
 *
 * @param verdict VALID, INVALID (the load's fault) or FAILED (the target died, or the run was cut
 *     short)
 * @param reasons one sentence each; empty only when VALID
 * @param warnings things that may have disturbed the run: observation, likely cause, what to do
 */
public record Validity(Verdict verdict, List<String> reasons, List<String> warnings) {

  /** The three verdicts. Only VALID runs enter ratios and gates. */
  public enum Verdict {
    VALID,
    INVALID,
    FAILED
  }

  public Validity {
    reasons = reasons == null ? List.of() : List.copyOf(reasons);
    warnings = warnings == null ? List.of() : List.copyOf(warnings);
    if ((verdict == Verdict.VALID) != reasons.isEmpty()) {
      throw new IllegalArgumentException(verdict + " with reasons " + reasons);
    }
  }
}
