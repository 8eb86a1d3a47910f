package dev.fanbench.measurement.change;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * Two sides, compared target by target.
 *
 * <pre>
 * RunComparison changes = RunComparison.between(
 *     ComparedSide.read("base", baseDirectories),
 *     ComparedSide.read("new", newDirectories),
 *     Optional.empty(),
 *     1);
 * </pre>
 *
 * @param targets in the order of the base
 * @param unpaired labels of targets that only one side has
 */
public record RunComparison(List<TargetChange> targets, List<String> unpaired) {

  public RunComparison {
    targets = List.copyOf(targets);
    unpaired = List.copyOf(unpaired);
  }

  /**
   * Compares. Sides of one target each are compared whatever the targets are; of several targets,
   * each with the one of the same label.
   *
   * @param metric what decides; empty for p50 of the largest phase that all runs have
   * @param seed of every draw
   */
  public static RunComparison between(
      ComparedSide base, ComparedSide now, Optional<Metric> metric, long seed) {
    return between(base, now, metric, seed, ChangeRule.USUAL);
  }

  /**
   * Compares.
   *
   * @param metric what decides; empty for p50 of the largest phase that all runs have
   * @param seed of every draw
   * @param rule what counts as a change
   */
  public static RunComparison between(
      ComparedSide base, ComparedSide now, Optional<Metric> metric, long seed, ChangeRule rule) {
    List<String> first = base.targets();
    List<String> second = now.targets();
    if (first.size() == 1 && second.size() == 1) {
      String name = first.equals(second) ? first.get(0) : first.get(0) + " → " + second.get(0);
      return new RunComparison(
          List.of(TargetChange.of(name, base, now, metric, seed, rule)), List.of());
    }
    List<TargetChange> targets = new ArrayList<>();
    List<String> unpaired = new ArrayList<>(second);
    unpaired.removeAll(first);
    for (String target : first) {
      if (second.contains(target)) {
        targets.add(TargetChange.of(target, base.of(target), now.of(target), metric, seed, rule));
      } else {
        unpaired.add(target);
      }
    }
    return new RunComparison(targets, unpaired);
  }

  /** The same with one more note on each target. */
  public RunComparison noting(String note) {
    return new RunComparison(targets.stream().map(each -> each.noting(note)).toList(), unpaired);
  }

  /** Whether some target's deciding verdict is one of these. */
  public boolean any(Predicate<Verdict> which) {
    return targets.stream().anyMatch(target -> which.test(target.decides().verdict()));
  }

  /** Whether the deciding ratio of every target is known to this precision, such as 0.05. */
  public boolean isWithin(double precision) {
    return !targets.isEmpty()
        && targets.stream()
            .allMatch(
                target -> target.decides().ratio().filter(r -> r.isWithin(precision)).isPresent());
  }

  /** Whether every target was judged, and there is one. */
  public boolean judged() {
    return !targets.isEmpty() && !any(Verdict::unjudged);
  }
}
