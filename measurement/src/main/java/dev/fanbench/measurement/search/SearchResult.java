package dev.fanbench.measurement.search;

import java.util.List;
import java.util.Optional;

/**
 * A search that is over.
 *
 * @param target label of the target
 * @param subject what was searched for
 * @param fixed what stayed as it was: {@code 1,000 subscribers}
 * @param slo thresholds that make a load sustained
 * @param steps every load that was offered
 * @param answer the highest load that was sustained and confirmed; empty when there is none
 * @param limit what stood in the way of more
 */
public record SearchResult(
    String target,
    SearchedQuantity subject,
    String fixed,
    String slo,
    List<SearchStep> steps,
    Optional<Double> answer,
    String limit) {

  public SearchResult {
    steps = List.copyOf(steps);
  }

  /** The result of a search. */
  public static SearchResult of(
      String target, SearchedQuantity subject, String fixed, String slo, Search search) {
    return new SearchResult(
        target, subject, fixed, slo, search.steps(), search.answer(), search.limit());
  }

  /** Whether a run that could not be trusted, and no threshold, ended the search. */
  public boolean loadBound() {
    return limit.startsWith(SearchOutcome.INVALID.words());
  }

  /** The answer in one sentence. */
  public String sentence() {
    String what = target + ", " + fixed + ", " + slo + ": ";
    if (answer.isEmpty()) {
      return what + (loadBound() ? "INVALID, no answer; " : "nothing is sustained; ") + limit + ".";
    }
    String most = subject.text(answer.get());
    return what
        + (loadBound() ? "at least " + most + ", more could not be measured" : most)
        + ", sustained in "
        + Search.CONFIRMATIONS
        + " more runs. Limit: "
        + limit
        + busy()
        + ".";
  }

  /**
   * The cores that the target used when it sustained the answer. Near whole cores, they are the
   * limit.
   */
  private String busy() {
    return steps.stream()
        .filter(step -> step.confirming() && step.judgement().outcome() == SearchOutcome.SUSTAINED)
        .flatMap(step -> step.judgement().cores().stream())
        .max(Double::compare)
        .map(cores -> "; at the answer the target kept %.2f cores busy".formatted(cores))
        .orElse("");
  }
}
