package dev.fanbench.measurement.search;

import java.util.List;
import java.util.Locale;
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
 * @param bound the outcome of the load that is that reason; empty when the reason is no load
 * @param recovered whether the target sustained after an overload what it sustained before
 */
public record SearchResult(
    String target,
    SearchedQuantity subject,
    String fixed,
    String slo,
    List<SearchStep> steps,
    Optional<Double> answer,
    String limit,
    Optional<SearchOutcome> bound,
    boolean recovered) {

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
        search.bound(),
        search.recovered());
  }

  /** Whether the limit is a run that could not be trusted. */
  public boolean loadBound() {
    return bound.equals(Optional.of(SearchOutcome.INVALID));
  }

  /** Whether the limit is a load of which no run could tell whether it is sustained. */
  public boolean undecided() {
    return bound.equals(Optional.of(SearchOutcome.UNDECIDED));
  }

  /** The largest load that any run sustained; empty when none did. */
  public Optional<SustainedLoad> largest() {
    return SustainedLoad.of(steps);
  }

  /** The answer in one sentence, and a second one where loads both held and were missed. */
  public String sentence() {
    String what = target + ", " + fixed + ", " + slo + ": ";
    if (answer.isEmpty()) {
      return what + without() + misses();
    }
    String most = subject.text(answer.get());
    return what
        + atLeast(most)
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

  private String atLeast(String most) {
    if (loadBound()) {
      return "at least " + most + ", more could not be measured";
    }
    return undecided() ? "at least " + most + ", more is undecided" : most;
  }

  private String without() {
    if (loadBound()) {
      return "INVALID, no answer; " + limit + ".";
    }
    String none = undecided() ? "undecided, no answer; " : "nothing is sustained; ";
    return largest().map(this::unconfirmed).orElse(none + limit + ".");
  }

  private String unconfirmed(SustainedLoad largest) {
    String load = subject.text(largest.load());
    if (recovered) {
      return "%s, sustained in %d of %d runs and not confirmed; %s."
          .formatted(load, largest.sustained(), largest.runs() + largest.runsAfter(), limit);
    }
    return "%s, sustained in %d of %d runs until %s was offered, and not confirmed. The target did not recover: it sustained %s in 0 of %d runs after that."
        .formatted(
            load,
            largest.sustained(),
            largest.runs(),
            subject.text(largest.overload()),
            load,
            largest.runsAfter());
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
        .filter(step -> step.is(outcome))
        .collect(Collectors.groupingBy(SearchStep::load, TreeMap::new, Collectors.counting()));
  }

  /**
   * The cores that the target used when it sustained the answer. Near whole cores, they are the
   * limit.
   */
  private String busy() {
    return steps.stream()
        .filter(step -> step.purpose() == SearchPurpose.CONFIRM && step.is(SearchOutcome.SUSTAINED))
        .flatMap(step -> step.judgement().cores().stream())
        .max(Double::compare)
        .map(
            cores ->
                String.format(
                    Locale.ROOT, "; at the answer the target kept %.2f cores busy", cores))
        .orElse("");
  }
}
