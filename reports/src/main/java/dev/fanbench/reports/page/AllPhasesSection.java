package dev.fanbench.reports.page;

import dev.fanbench.measurement.workload.PhaseKind;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.PhaseComparison;
import dev.fanbench.reports.model.ReportModel;
import java.util.List;
import java.util.Optional;

/**
 * The delivery counts of every phase, and the exact tables of the fan-outs that are no headline.
 */
final class AllPhasesSection {

  private AllPhasesSection() {}

  static Markup of(ReportModel comparison) {
    List<PhaseComparison> others =
        comparison.phases(PhaseKind.FANOUT).stream()
            .filter(p -> !comparison.headline().equals(Optional.of(p)))
            .toList();
    return Markup.of(
        """
        <section id="books">
        <div class="counts">
        <h2>Delivery counts</h2>
        <p>Every delivery that should have come, and where it went, by the load's own count.</p>
        {}</div>
        {}</section>
        """,
        DeliveryCountTable.of(comparison),
        others.isEmpty()
            ? Markup.EMPTY
            : Markup.of(
                "<h2>The other rooms</h2>\n{}",
                others.stream().map(LatencyTable::brief).collect(Markup.joining())));
  }
}
