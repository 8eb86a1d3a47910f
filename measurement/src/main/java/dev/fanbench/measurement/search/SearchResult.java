package dev.fanbench.measurement.search;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * A search that is over.
 *
 * @param target label of the target
 * @param subject what was searched for
 * @param fixed what stayed as it was: {@code 1,000 subscribers}
 * @param slo thresholds that make a load sustained
 * @param steps every load that was offered
 * @param answer the highest load that was sustained and confirmed; empty when there is none
 * @param limit the reason why there is no higher answer, in one clause
 * @param loadBound whether that reason is a run that could not be trusted, and no threshold
 */
public record SearchResult(
    String target,
    SearchedQuantity subject,
    String fixed,
    String slo,
    List<SearchStep> steps,
    Optional<Double> answer,
    String limit,
    boolean loadBound) {

  public SearchResult {
    steps = List.copyOf(steps);
  }

  /** The result of a search. */
  public static SearchResult of(
      String target, SearchedQuantity subject, String fixed, String slo, Search search) {
    return new SearchResult(
        target,
        subject,
        fixed,
        slo,
        search.steps(),
        search.answer(),
        search.limit(),
        search.loadBound());
  }

  /** The answer in one sentence, and a second one where loads both held and were missed. */
  public String sentence() {
    String what = target + ", " + fixed + ", " + slo + ": ";
    if (answer.isEmpty()) {
      return what + without() + limit + "." + misses();
    }
    String most = subject.text(answer.get());
    return what
        + (loadBound ? "at least " + most + ", more could not be measured" : most)
        + ", sustained in "
        + Search.CONFIRMATIONS
        + " of "
        + Search.CONFIRMATIONS
        + " more runs. Limit: "
        + limit
        + busy()
        + "."
        + misses();
  }

  private String without() {
    if (loadBound) {
      return "INVALID, no answer; ";
    }
    boolean some = steps.stream().anyMatch(step -> is(step, SearchOutcome.SUSTAINED));
    return some ? "no load is confirmed; " : "nothing is sustained; ";
  }

  /** Every load with two outcomes: one run may have been unlucky, or the other lucky. */
  private String misses() {
    Map<Double, Long> missed = counts(SearchOutcome.MISSED);
    Map<Double, Long> held = counts(SearchOutcome.SUSTAINED);
    String both =
        missed.entrySet().stream()
            .filter(load -> held.containsKey(load.getKey()))
            .map(
                load ->
                    "%s in %d of %d runs"
                        .formatted(
                            subject.text(load.getKey()),
                            load.getValue(),
                            load.getValue() + held.get(load.getKey())))
            .collect(Collectors.joining(", "));
    return both.isEmpty() ? "" : " Sustained, and also missed: " + both + ".";
  }

  private Map<Double, Long> counts(SearchOutcome outcome) {
    return steps.stream()
        .filter(step -> is(step, outcome))
        .collect(Collectors.groupingBy(SearchStep::load, TreeMap::new, Collectors.counting()));
  }

  private static boolean is(SearchStep step, SearchOutcome outcome) {
    return step.judgement().outcome() == outcome;
  }

  /**
   * The cores that the target used when it sustained the answer. Near whole cores, they are the
   * limit.
   */
  private String busy() {
    return steps.stream()
        .filter(
            step -> step.purpose() == SearchPurpose.CONFIRM && is(step, SearchOutcome.SUSTAINED))
        .flatMap(step -> step.judgement().cores().stream())
        .max(Double::compare)
        .map(cores -> "; at the answer the target kept %.2f cores busy".formatted(cores))
        .orElse("");
  }
}
