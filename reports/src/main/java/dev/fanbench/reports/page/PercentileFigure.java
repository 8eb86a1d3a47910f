package dev.fanbench.reports.page;

import dev.fanbench.measurement.run.Series;
import dev.fanbench.reports.chart.PercentileChart;
import dev.fanbench.reports.chart.PercentileChart.Curve;
import dev.fanbench.reports.chart.PercentileChart.Limit;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.PhaseComparison;
import java.util.ArrayList;
import java.util.List;

/** Percentile charts side by side, on equal axes. */
final class PercentileFigure {

  /**
   * One chart before its axes are known.
   *
   * @param title what it shows
   * @param curves faint ones first
   * @param limits thresholds that speak of it
   */
  record Panel(String title, List<Curve> curves, List<Limit> limits) {

    /** A panel of one series, with another one behind it that explains it. */
    static Panel of(
        String title,
        PhaseComparison phase,
        Series series,
        List<Series> behind,
        List<Limit> limits) {
      List<Curve> curves = new ArrayList<>();
      behind.forEach(
          b ->
              phase.rows(b).forEach(r -> curves.add(new Curve(r.entry(), r.distribution(), true))));
      phase.rows(series).forEach(r -> curves.add(new Curve(r.entry(), r.distribution(), false)));
      return new Panel(title, curves, limits);
    }
  }

  private PercentileFigure() {}

  /** On an axis from zero. */
  static Markup of(List<Panel> panels) {
    return of(panels, 0);
  }

  /** For the first figure of a page: logarithmic where lines would lie on zero. */
  static Markup first(List<Panel> panels) {
    return of(
        panels, PercentileChart.bottom(panels.stream().flatMap(p -> p.curves().stream()).toList()));
  }

  private static Markup of(List<Panel> panels, double bottom) {
    double top =
        panels.stream()
            .mapToDouble(p -> PercentileChart.top(p.curves(), p.limits()))
            .max()
            .orElse(0);
    double nines =
        panels.stream().mapToDouble(p -> PercentileChart.nines(p.curves())).max().orElse(1);
    Markup[] charts =
        panels.stream()
            .map(p -> new PercentileChart(p.title(), p.curves(), p.limits(), bottom, top, nines))
            .map(PercentileChart::toMarkup)
            .toArray(Markup[]::new);
    return Figure.sideBySide(charts);
  }
}
