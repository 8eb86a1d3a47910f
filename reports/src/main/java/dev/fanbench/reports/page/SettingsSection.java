package dev.fanbench.reports.page;

import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.PhaseComparison;
import dev.fanbench.reports.model.ReportModel;
import dev.fanbench.reports.model.SettingCost;
import java.util.List;

/** Shows the cost of each setting, where runs of one kind of target differ in their settings. */
final class SettingsSection {

  private SettingsSection() {}

  static Markup of(ReportModel comparison) {
    List<SettingCost> costs = comparison.settings();
    if (costs.isEmpty()) {
      return Markup.EMPTY;
    }
    return Markup.of(
        """
        <section id="settings">
        <h2>What each setting costs</h2>
        <p>The same publications to the same target, set up in different ways. A publication that did not reach \
        everyone has no last delivery, so where half of them missed a subscriber the p50 is “not delivered”. Calls \
        and posts are the target’s own count, over all publications of the phase.</p>
        {}</section>
        """,
        costs.stream()
            .map(SettingCost::phase)
            .distinct()
            .map(phase -> table(phase, costs))
            .collect(Markup.joining()));
  }

  private static Markup table(PhaseComparison phase, List<SettingCost> costs) {
    Markup content =
        Markup.of(
            """
        <caption>{}</caption>
        <thead><tr><th scope="col">run</th><th scope="col" class="word">what differs</th>\
        <th scope="col">last delivery p50</th><th scope="col">p90</th><th scope="col">p50 ÷ best</th>\
        <th scope="col">store calls a publication</th><th scope="col">posts to lost connections a publication</th>\
        <th scope="col">deliveries lost</th></tr></thead>
        <tbody>{}</tbody>""",
            phase.title(),
            costs.stream()
                .filter(cost -> cost.phase().equals(phase))
                .map(SettingsSection::line)
                .collect(Markup.joining()));
    return Table.of("words settings", phase.title(), content);
  }

  private static Markup line(SettingCost cost) {
    return Markup.of(
        "<tr><th scope=\"row\">{}{}</th><td class=\"word\">{}</td><td><strong>{}</strong></td><td>{}</td>"
            + "<td class=\"ratio\">{}</td><td>{}</td><td>{}</td><td class=\"{}\">{}</td></tr>\n",
        cost.row().entry().name(),
        RunLabel.of(cost.row().entry()),
        cost.settings(),
        cost.lastDelivery(Percentile.P50),
        cost.lastDelivery(Percentile.P90),
        cost.row().ratio().text(),
        SettingCost.text(cost.storeCalls()),
        SettingCost.text(cost.gone()),
        cost.deliveryCount().missing() > 0 ? "bad" : "quiet",
        cost.lost());
  }
}
