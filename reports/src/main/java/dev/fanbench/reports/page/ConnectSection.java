package dev.fanbench.reports.page;

import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.workload.PhaseKind;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.PhaseComparison;
import dev.fanbench.reports.model.ReportModel;
import dev.fanbench.reports.page.PercentileFigure.Panel;
import java.util.List;

/** Shows the time that a new connection takes. */
final class ConnectSection {

  private ConnectSection() {}

  static Markup of(ReportModel comparison) {
    List<PhaseComparison> phases = comparison.phases(PhaseKind.CONNECT);
    if (phases.isEmpty()) {
      return Markup.EMPTY;
    }
    return Markup.of(
        "<section id=\"connect\">\n<h2>Opening a connection</h2>\n{}{}</section>\n",
        Figure.beside(
            phases.get(0).results().stream().map(PhaseComparison.Result::entry).toList(),
            PercentileFigure.of(phases.stream().map(p -> panel(comparison, p)).toList()),
            "TCP connect to “101 Switching Protocols”. A serverless chat answers only after its"
                + " connect function has stored the connection."),
        phases.stream().map(LatencyTable::brief).collect(Markup.joining()));
  }

  private static Panel panel(ReportModel comparison, PhaseComparison phase) {
    return Panel.of(
        phase.named("from the intended arrival to 101 (faint: from the real start)"),
        phase,
        Series.RESPONSE,
        List.of(Series.SERVICE),
        ChartLimit.of(comparison, phase, Series.RESPONSE));
  }
}
