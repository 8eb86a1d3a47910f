package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.measurement.workload.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The price that measured members pay for background load: the p50 of a phase with it, and of the
 * same phase without.
 *
 * @param phase with background load
 * @param medians of each run
 */
record BackgroundCost(PhaseComparison phase, List<PairedMedian> medians) {

  /** Phase by phase; empty when no phase is offered with background load and without. */
  static List<BackgroundCost> of(List<PhaseComparison> phases) {
    List<BackgroundCost> costs = new ArrayList<>();
    for (PhaseComparison phase : phases) {
      if (phase.phase().background().any()) {
        phases.stream()
            .filter(other -> isWithout(other.phase(), phase.phase()))
            .findFirst()
            .map(without -> new BackgroundCost(phase, PairedMedian.of(phase, without)))
            .ifPresent(costs::add);
      }
    }
    return List.copyOf(costs);
  }

  private static boolean isWithout(Phase other, Phase phase) {
    return !other.background().any()
        && !other.outage().any()
        && !phase.outage().any()
        && other.kind() == phase.kind()
        && other.subscribers() == phase.subscribers()
        && other.rooms() == phase.rooms()
        && other.ratePerSecond() == phase.ratePerSecond()
        && other.payloadBytes() == phase.payloadBytes();
  }

  /** The finding of the phase that is offered last, and the others as its detail. */
  static Optional<Finding> finding(List<PhaseComparison> phases, String certainty) {
    List<BackgroundCost> costs = of(phases);
    boolean known = costs.stream().allMatch(cost -> PairedMedian.known(cost.medians));
    if (costs.isEmpty() || !known) {
      return Optional.empty();
    }
    List<String> sentences = costs.stream().map(BackgroundCost::sentence).toList();
    int last = sentences.size() - 1;
    return Optional.of(
        new Finding(sentences.get(last), String.join(" ", sentences.subList(0, last)), certainty));
  }

  /** The times of the phase, each beside its time without background load. */
  private String sentence() {
    return "With background load (%s), half of the time the last of %s subscribers saw the message within %s."
        .formatted(
            phase.phase().background().text(),
            UnitFormat.count(phase.phase().fanOut()),
            PairedMedian.text(medians, "without"));
  }
}
