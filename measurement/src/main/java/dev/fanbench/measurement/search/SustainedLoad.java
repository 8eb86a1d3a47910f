package dev.fanbench.measurement.search;

import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The largest load that a search saw sustained, confirmed or not. A target may sustain nothing from
 * some overload on; so runs until the last one that sustained any load count apart from those after
 * it.
 *
 * @param load publications per second, or subscribers
 * @param sustained runs that sustained it
 * @param runs all its runs until the last run that sustained any load
 * @param runsAfter its runs after that, none of which sustained it
 * @param overload the highest load that was missed after that; 0 when none was
 */
public record SustainedLoad(double load, int sustained, int runs, int runsAfter, double overload) {

  /** The largest load that these steps sustained; empty when they sustained none. */
  public static Optional<SustainedLoad> of(List<SearchStep> steps) {
    return steps.stream()
        .filter(step -> step.is(SearchOutcome.SUSTAINED))
        .map(SearchStep::load)
        .max(Comparator.naturalOrder())
        .map(load -> of(load, steps));
  }

  private static SustainedLoad of(double load, List<SearchStep> steps) {
    int last = steps.size();
    while (!steps.get(last - 1).is(SearchOutcome.SUSTAINED)) {
      last--;
    }
    List<SearchStep> until = steps.subList(0, last);
    List<SearchStep> after = steps.subList(last, steps.size());
    return new SustainedLoad(
        load,
        runs(load, until.stream().filter(step -> step.is(SearchOutcome.SUSTAINED)).toList()),
        runs(load, until),
        runs(load, after),
        after.stream()
            .filter(step -> step.is(SearchOutcome.MISSED))
            .mapToDouble(SearchStep::load)
            .max()
            .orElse(0));
  }

  private static int runs(double load, List<SearchStep> steps) {
    return (int) steps.stream().filter(step -> step.load() == load).count();
  }
}
