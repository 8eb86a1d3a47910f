package dev.fanbench.reports.page;

import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.SloVerdict;
import dev.fanbench.measurement.verdict.Slo;
import dev.fanbench.reports.chart.PercentileChart.Limit;
import dev.fanbench.reports.model.PhaseComparison;
import dev.fanbench.reports.model.ReportModel;
import java.util.List;
import java.util.Optional;

/** The thresholds that speak of a chart. */
final class ChartLimit {

  private ChartLimit() {}

  static List<Limit> of(ReportModel comparison, PhaseComparison phase, Series series) {
    return comparison.entries().stream()
        .flatMap(e -> e.run().slos().stream())
        .flatMap(s -> limit(s, phase, series).stream())
        .distinct()
        .toList();
  }

  /** A run of a later version may hold a threshold that this one cannot read: it is not drawn. */
  private static Optional<Limit> limit(SloVerdict slo, PhaseComparison phase, Series series) {
    try {
      return Slo.parse(slo.expression()).limitNanos(phase.phase(), series).stream()
          .mapToObj(nanos -> new Limit(nanos, slo.expression()))
          .findFirst();
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }
}
