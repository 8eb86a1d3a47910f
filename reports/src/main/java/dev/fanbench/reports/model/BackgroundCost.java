package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.PercentileValue;
import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.measurement.workload.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The price that measured members pay for background load in one run: the p50 of a phase with it,
 * and of the same phase without.
 *
 * @param phase with background load
 * @param entry the run
 * @param without p50 of the phase without background load
 * @param with p50 of the phase with it
 */
public record BackgroundCost(
    PhaseComparison phase, ReportedRun entry, PercentileValue without, PercentileValue with) {

  /**
   * Of all runs, phase by phase; empty when no phase is offered with background load and without.
   */
  static List<BackgroundCost> of(List<PhaseComparison> phases) {
    List<BackgroundCost> costs = new ArrayList<>();
    for (PhaseComparison phase : phases) {
      if (phase.phase().background().any()) {
        phases.stream()
            .filter(other -> isWithout(other.phase(), phase.phase()))
            .findFirst()
            .ifPresent(without -> costs.addAll(of(phase, without)));
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

  private static List<BackgroundCost> of(PhaseComparison phase, PhaseComparison without) {
    return phase.rows(phase.headlineSeries()).stream()
        .filter(row -> row.entry().compared())
        .flatMap(
            row ->
                without.row(without.headlineSeries(), row.entry()).stream()
                    .map(base -> new BackgroundCost(phase, row.entry(), median(base), median(row))))
        .toList();
  }

  private static PercentileValue median(PhaseComparison.Row row) {
    return row.distribution().at(Percentile.P50);
  }

  /** With ÷ without. */
  public Ratio ratio() {
    return Ratio.of(with, without);
  }

  /** The finding of the phase that is offered last, and the others as its detail. */
  static Optional<Finding> finding(List<BackgroundCost> costs, String certainty) {
    List<PhaseComparison> phases = costs.stream().map(BackgroundCost::phase).distinct().toList();
    boolean known = costs.stream().allMatch(cost -> cost.ratio().known());
    if (phases.isEmpty() || !known) {
      return Optional.empty();
    }
    int last = phases.size() - 1;
    List<String> others =
        phases.subList(0, last).stream().map(phase -> sentence(phase, costs)).toList();
    return Optional.of(
        new Finding(sentence(phases.get(last), costs), String.join(" ", others), certainty));
  }

  /** The times of one phase, each beside its time without background load. */
  private static String sentence(PhaseComparison phase, List<BackgroundCost> costs) {
    List<BackgroundCost> of = costs.stream().filter(cost -> cost.phase.equals(phase)).toList();
    List<ReportedRun> entries = of.stream().map(BackgroundCost::entry).toList();
    return "With background load (%s), half of the time the last of %s subscribers saw the message within %s."
        .formatted(
            phase.phase().background().text(),
            UnitFormat.count(phase.phase().fanOut()),
            Finding.joined(of.stream().map(cost -> cost.beside(entries)).toList()));
  }

  private String beside(List<ReportedRun> entries) {
    String range = ratio().range();
    return "%s %s (without: %s, so %s%s)"
        .formatted(
            Finding.time(with),
            Finding.where(entry, entries),
            Finding.time(without),
            ratio().brief(),
            range.isEmpty() ? "" : ", " + range);
  }
}
