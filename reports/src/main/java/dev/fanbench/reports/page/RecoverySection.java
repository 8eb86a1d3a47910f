package dev.fanbench.reports.page;

import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.PhaseComparison;
import dev.fanbench.reports.model.Recovery;
import dev.fanbench.reports.model.ReportModel;
import dev.fanbench.reports.page.PercentileFigure.Panel;
import java.util.List;

/** Shows the recovery of subscribers after all connections were lost at once. */
final class RecoverySection {

  private static final String SENTENCE =
      "A process is down until it has started again, and starts cold. API Gateway’s connections end with"
          + " no deployment, so the serverless target lost all of them while its front door stayed open."
          + " Its users wait because all of them connect at once. The two faults are not the same.";

  private RecoverySection() {}

  static Markup of(ReportModel comparison) {
    if (comparison.recoveries().isEmpty()) {
      return Markup.EMPTY;
    }
    return Markup.of(
        """
        <section id="outage">
        <h2>After the outage: back in the room</h2>
        <p>In the middle of the phase every connection was lost. Each client tried again at once, and after each \
        failure at a random time up to a bound that doubles from 100 ms to 5 s. A reconnect begins when the connection \
        is lost and ends when the room has confirmed its member again.</p>
        {}</section>
        """,
        comparison.recoveries().stream()
            .map(Recovery::phase)
            .distinct()
            .map(phase -> of(comparison, phase))
            .collect(Markup.joining()));
  }

  private static Markup of(ReportModel comparison, PhaseComparison phase) {
    Panel panel =
        Panel.of(
            phase.named("from the loss of a connection until its room confirmed it again"),
            phase,
            Series.RECONNECT,
            List.of(),
            ChartLimit.of(comparison, phase, Series.RECONNECT));
    return Markup.join(
        Figure.beside(
            phase.results().stream().map(PhaseComparison.Result::entry).toList(),
            PercentileFigure.of(List.of(panel)),
            SENTENCE),
        table(phase, comparison.recoveries()));
  }

  private static Markup table(PhaseComparison phase, List<Recovery> recoveries) {
    Markup content =
        Markup.of(
            """
        <caption>{}</caption>
        <thead><tr><th scope="col">run</th><th scope="col" class="word">the target</th>\
        <th scope="col">back p50</th><th scope="col">p99</th><th scope="col">max</th>\
        <th scope="col">all back after</th><th scope="col">connects tried</th>\
        <th scope="col">deliveries to absent subscribers</th>\
        <th scope="col">publications not sent</th><th scope="col">missing otherwise</th></tr></thead>
        <tbody>{}</tbody>""",
            phase.title(),
            recoveries.stream()
                .filter(each -> each.phase().equals(phase))
                .map(RecoverySection::line)
                .collect(Markup.joining()));
    return Table.of("dense", phase.title(), content);
  }

  private static Markup line(Recovery recovery) {
    long missing = recovery.result().deliveryCount().missing();
    return Markup.of(
        "<tr><th scope=\"row\">{}{}</th><td class=\"word\">{}</td><td>{}</td><td>{}</td><td>{}</td>"
            + "<td><strong>{}</strong></td><td>{}</td><td>{}</td><td>{}</td>"
            + "<td class=\"{}\">{}</td></tr>\n",
        recovery.entry().name(),
        RunLabel.of(recovery.entry()),
        recovery.what(),
        recovery.backWithin(Percentile.P50),
        recovery.backWithin(Percentile.P99),
        recovery.backWithin(Percentile.MAX),
        recovery.allBack(),
        recovery.tries(),
        recovery.missedAway(),
        recovery.unsent(),
        missing > 0 ? "bad" : "quiet",
        missing);
  }
}
