package dev.fanbench.reports.page;

import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.workload.PhaseKind;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.PhaseComparison;
import dev.fanbench.reports.model.ReportModel;
import dev.fanbench.reports.model.ReportedRun;
import dev.fanbench.reports.page.PercentileFigure.Panel;
import java.util.List;
import java.util.function.Function;

/** The headline phase: percentile charts and the exact table. */
final class HeadlineSection {

  private HeadlineSection() {}

  /** Behind the chart of sizes. */
  static Markup of(ReportModel comparison) {
    return of(comparison, PercentileFigure::of);
  }

  /** As the first chart of a page that has none of sizes. */
  static Markup first(ReportModel comparison) {
    return of(comparison, PercentileFigure::first);
  }

  private static Markup of(ReportModel comparison, Function<List<Panel>, Markup> figure) {
    return comparison.headline().map(h -> of(comparison, h, figure)).orElse(Markup.EMPTY);
  }

  private static Markup of(
      ReportModel comparison, PhaseComparison phase, Function<List<Panel>, Markup> figure) {
    List<ReportedRun> entries =
        phase.results().stream().map(PhaseComparison.Result::entry).toList();
    return Markup.of(
        "<section id=\"headline\">\n<h2>{}: percentiles</h2>\n{}{}</section>\n",
        phase.title(),
        Figure.of(entries, figure.apply(panels(comparison, phase)), sentence(phase)),
        LatencyTable.whole(phase));
  }

  private static List<Panel> panels(ReportModel comparison, PhaseComparison phase) {
    Panel response =
        Panel.of(
            phase.phase().kind() == PhaseKind.FANOUT
                ? "every delivery: response time (faint: service time)"
                : "response time (faint: service time)",
            phase,
            Series.RESPONSE,
            List.of(Series.SERVICE),
            ChartLimit.of(comparison, phase, Series.RESPONSE));
    if (phase.phase().kind() != PhaseKind.FANOUT) {
      return List.of(response);
    }
    Panel last =
        Panel.of(
            "time to last delivery",
            phase,
            Series.LAST_DELIVERY,
            List.of(),
            ChartLimit.of(comparison, phase, Series.LAST_DELIVERY));
    return List.of(last, response);
  }

  private static String sentence(PhaseComparison phase) {
    String start =
        phase.phase().kind() == PhaseKind.FANOUT
            ? "First how long the room waits for its last member, then how long each member waits."
            : "How long an answer takes.";
    return start
        + " Lines end where fewer than ten samples lie beyond; the largest value is in the table. A"
        + " bar is the interval of a marked percentile, where that is wider than 10 %.";
  }
}
