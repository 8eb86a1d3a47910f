package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.PercentileInterval;
import dev.fanbench.measurement.run.PercentileValue;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.measurement.workload.PhaseKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The rate from which connects of one run wait in line: their p50 is certainly over twice that of
 * the lowest rate.
 *
 * @param entry the run
 * @param before the rate below, and its p50
 * @param from the rate from which they wait; empty when they do at none
 */
record ConnectQueue(ReportedRun entry, Step before, Optional<Step> from) {

  /** Fewer rates are no series that rises. */
  private static final int FEWEST_RATES = 3;

  /** Connects that take so many times as long wait for others. */
  private static final double WAITING_TIMES = 2;

  /** One rate and the p50 of its connects. */
  record Step(double perSecond, PercentileValue value) {
    private String text() {
      return "%s at %s".formatted(value.brief(), UnitFormat.rate(perSecond));
    }
  }

  /** Of each compared run that was offered connects at three rates or more. */
  static List<ConnectQueue> of(List<ReportedRun> entries, List<PhaseComparison> phases) {
    List<PhaseComparison> rising =
        phases.stream()
            .filter(p -> p.phase().kind() == PhaseKind.CONNECT)
            .sorted(Comparator.comparingDouble(p -> p.phase().ratePerSecond()))
            .toList();
    List<ConnectQueue> queues = new ArrayList<>();
    for (ReportedRun entry : entries.stream().filter(ReportedRun::compared).toList()) {
      List<Step> steps = rising.stream().flatMap(phase -> step(phase, entry).stream()).toList();
      if (steps.stream().mapToDouble(Step::perSecond).distinct().count() >= FEWEST_RATES) {
        queues.add(of(entry, steps));
      }
    }
    return List.copyOf(queues);
  }

  private static Optional<Step> step(PhaseComparison phase, ReportedRun entry) {
    return phase
        .row(Series.RESPONSE, entry)
        .map(row -> row.distribution().at(Percentile.P50))
        .filter(value -> !(value instanceof PercentileValue.TooFewSamples))
        .map(value -> new Step(phase.phase().ratePerSecond(), value));
  }

  private static ConnectQueue of(ReportedRun entry, List<Step> steps) {
    long usual = steps.get(0).value().interval().highNanos();
    Step before = steps.get(0);
    for (Step step : steps.subList(1, steps.size())) {
      if (usual != PercentileInterval.NONE
          && step.value().interval().lowNanos() > WAITING_TIMES * usual) {
        return new ConnectQueue(entry, before, Optional.of(step));
      }
      before = step;
    }
    return new ConnectQueue(entry, before, Optional.empty());
  }

  /** The finding; empty when no run has such a series. */
  static Optional<Finding> finding(List<ConnectQueue> queues, String certainty) {
    if (queues.isEmpty()) {
      return Optional.empty();
    }
    List<ReportedRun> entries = queues.stream().map(ConnectQueue::entry).toList();
    return Optional.of(
        new Finding(
            "Connects wait in line "
                + Finding.joined(queues.stream().map(queue -> queue.text(entries)).toList())
                + ".",
            "They wait when their p50 is certainly over twice that of the lowest rate.",
            certainty));
  }

  private String text(List<ReportedRun> entries) {
    String where = Finding.where(entry, entries);
    return from.map(
            step ->
                "from %s %s (%s, %s)"
                    .formatted(
                        UnitFormat.rate(step.perSecond()), where, before.text(), step.text()))
        .orElseGet(() -> "at no rate %s (%s)".formatted(where, before.text()));
  }
}
