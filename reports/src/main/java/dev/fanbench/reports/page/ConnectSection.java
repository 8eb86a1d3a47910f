package dev.fanbench.reports.page;

import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.workload.PhaseKind;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.Comparison;
import dev.fanbench.reports.model.PhaseComparison;
import dev.fanbench.reports.page.PercentilePanels.Panel;
import java.util.List;

/** How long a new connection takes. */
final class ConnectSection {

  private ConnectSection() {}

  static Markup of(Comparison comparison) {
    return comparison.phases(PhaseKind.CONNECT).stream()
        .map(p -> of(comparison, p))
        .collect(Markup.joining());
  }

  private static Markup of(Comparison comparison, PhaseComparison phase) {
    Panel panel =
        Panel.of(
            "from the intended arrival to 101 (faint: from the real start)",
            phase,
            Series.RESPONSE,
            List.of(Series.SERVICE),
            Limits.of(comparison, phase, Series.RESPONSE));
    return Markup.of(
        "<section id=\"connect\">\n<h2>Opening a connection</h2>\n{}{}</section>\n",
        Figure.beside(
            phase.results().stream().map(PhaseComparison.Result::entry).toList(),
            PercentilePanels.of(List.of(panel)),
            "TCP connect to “101 Switching Protocols”. A serverless chat answers only after its"
                + " connect function has stored the connection."),
        LatencyTable.brief(phase));
  }
}
