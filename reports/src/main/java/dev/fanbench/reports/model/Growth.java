package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.PercentileValue;
import dev.fanbench.measurement.run.RankTrend;
import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.measurement.workload.PhaseKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Whether one run's response times or memory grow over phases that offered the same.
 *
 * @param entry the run
 * @param medians p50 of the headline series of each phase, in order
 * @param memory of the target, where it tells
 */
record Growth(ReportedRun entry, List<PercentileValue> medians, Optional<MemoryTrend> memory) {

  /** The finding; empty unless there are phases enough that offered the same. */
  static Optional<Finding> finding(List<ReportedRun> entries, List<PhaseComparison> phases) {
    List<PhaseComparison> equal = equal(phases);
    if (equal.size() < MemoryTrend.LEAST_POINTS) {
      return Optional.empty();
    }
    List<MemoryTrend> memory = MemoryTrend.of(entries);
    List<Growth> growths = new ArrayList<>();
    for (ReportedRun entry : entries.stream().filter(ReportedRun::compared).toList()) {
      of(entry, equal, memory).ifPresent(growths::add);
    }
    if (growths.isEmpty()) {
      return Optional.empty();
    }
    List<ReportedRun> named = growths.stream().map(Growth::entry).toList();
    return Optional.of(
        new Finding(
            "In %d equal phases of %s s %s."
                .formatted(
                    equal.size(),
                    UnitFormat.mean(equal.get(0).phase().seconds()),
                    Finding.joined(growths.stream().map(growth -> growth.text(named)).toList())),
            "",
            "Growth is told when it would come about by chance once in a hundred times."));
  }

  /** The fan-outs that differ in nothing but their names, if most of them do not. */
  private static List<PhaseComparison> equal(List<PhaseComparison> phases) {
    Map<Object, List<PhaseComparison>> groups = new LinkedHashMap<>();
    for (PhaseComparison phase : phases) {
      if (phase.phase().kind() == PhaseKind.FANOUT) {
        groups.computeIfAbsent(phase.phase().named("any"), any -> new ArrayList<>()).add(phase);
      }
    }
    return groups.size() == 1 ? groups.values().iterator().next() : List.of();
  }

  private static Optional<Growth> of(
      ReportedRun entry, List<PhaseComparison> equal, List<MemoryTrend> memory) {
    List<PercentileValue> medians =
        equal.stream()
            .flatMap(phase -> phase.row(phase.headlineSeries(), entry).stream())
            .map(row -> row.distribution().at(Percentile.P50))
            .filter(value -> !(value instanceof PercentileValue.TooFewSamples))
            .toList();
    return medians.size() < MemoryTrend.LEAST_POINTS
        ? Optional.empty()
        : Optional.of(
            new Growth(
                entry,
                medians,
                memory.stream().filter(trend -> trend.entry().equals(entry)).findFirst()));
  }

  private boolean isSlower() {
    return RankTrend.rises(medians.stream().mapToDouble(Growth::nanos).toArray());
  }

  private static double nanos(PercentileValue value) {
    return value instanceof PercentileValue.Time time
        ? (double) time.nanos()
        : Double.POSITIVE_INFINITY;
  }

  private String text(List<ReportedRun> entries) {
    PercentileValue first = medians.get(0);
    PercentileValue last = medians.get(medians.size() - 1);
    List<String> grown = new ArrayList<>();
    if (isSlower()) {
      grown.add("time to last delivery");
    }
    memory.filter(MemoryTrend::grows).ifPresent(trend -> grown.add("the heap"));
    return "%s grew %s (p50 %s in the first and %s in the last, %s%s)"
        .formatted(
            grown.isEmpty() ? "nothing" : Finding.joined(grown),
            Finding.where(entry, entries),
            Finding.time(first),
            Finding.time(last),
            Ratio.of(last, first).listed(),
            memory.map(trend -> "; heap " + trend.ends()).orElse(""));
  }
}
