package dev.fanbench.reports.page;

import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.measurement.workload.PhaseKind;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.PhaseComparison;
import dev.fanbench.reports.model.ReportModel;
import dev.fanbench.reports.model.ReportedRun;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;

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
        <h2>Delivery counts</h2>
        <p>Every delivery that should have come, and where it went, by the load's own count.</p>
        {}{}</section>
        """,
        Table.of("dense", "Delivery counts", deliveryCount(comparison)),
        others.isEmpty()
            ? Markup.EMPTY
            : Markup.of(
                "<h2>The other rooms</h2>\n{}",
                others.stream().map(LatencyTable::brief).collect(Markup.joining())));
  }

  private static Markup deliveryCount(ReportModel comparison) {
    boolean outages = !comparison.recoveries().isEmpty();
    List<RareCount> rare = RareCount.in(comparison);
    return Markup.of(
        """
        <thead><tr><th scope="col">run</th><th scope="col" class="word">phase</th><th scope="col">sent</th>\
        <th scope="col">failed</th><th scope="col">expected</th><th scope="col">delivered</th>\
        <th scope="col">missing</th>{}<th scope="col">duplicates</th><th scope="col">out of order</th>\
        <th scope="col">late</th><th scope="col">unexplained</th><th scope="col">other copies</th>\
        <th scope="col">lost sockets</th>{}</tr></thead>
        <tbody>{}</tbody>""",
        outages ? Markup.of("<th scope=\"col\">missed in an outage</th>") : Markup.EMPTY,
        rare.stream()
            .map(kind -> Markup.of("<th scope=\"col\">{}</th>", kind.words))
            .collect(Markup.joining()),
        comparison.entries().stream()
            .flatMap(e -> e.run().measured().stream().map(r -> line(e, r, outages, rare)))
            .collect(Markup.joining()));
  }

  /** Counts that have a column only where a run has some. */
  private enum RareCount {
    REFUSED("refused"),
    CUT("cut short"),
    UNTRIED("untried");

    private final String words;

    RareCount(String words) {
      this.words = words;
    }

    private long of(DeliveryCount counts) {
      return switch (this) {
        case REFUSED -> counts.refused();
        case CUT -> counts.cut();
        case UNTRIED -> counts.untried();
      };
    }

    static List<RareCount> in(ReportModel comparison) {
      return Stream.of(values())
          .filter(
              kind ->
                  comparison.entries().stream()
                      .flatMap(e -> e.run().measured().stream())
                      .anyMatch(r -> kind.of(r.deliveryCount()) > 0))
          .toList();
    }

    Markup cell(DeliveryCount counts) {
      long own = of(counts);
      return AllPhasesSection.cell(own, own > 0 ? "bad" : "quiet");
    }
  }

  private static Markup line(
      ReportedRun entry, PhaseResult result, boolean outages, List<RareCount> rare) {
    DeliveryCount b = result.deliveryCount();
    boolean interrupted = result.phase().outage().any();
    Markup anomalies =
        LongStream.of(b.duplicates(), b.outOfOrder(), b.late(), b.unexpected())
            .mapToObj(n -> cell(n, n > 0 ? "bad" : "quiet"))
            .collect(Markup.joining());
    return Markup.of(
        "<tr><th scope=\"row\">{}{}</th><td class=\"word\">{}</td>{}{}{}{}{}{}{}{}{}{}</tr>\n",
        entry.name(),
        RunLabel.of(entry),
        result.phase().name(),
        result.phase().kind() == PhaseKind.IDLE
            ? Markup.of("<td class=\"quiet\">–</td>")
            : cell(b.sent(), ""),
        cell(b.failed(), b.failed() > 0 && !interrupted ? "bad" : "quiet"),
        cell(b.expected(), ""),
        cell(b.delivered(), ""),
        cell(b.missing(), b.missing() > 0 ? "bad" : "quiet"),
        outages ? cell(b.missedAway(), "quiet") : Markup.EMPTY,
        anomalies,
        cell(b.otherCopies(), "quiet"),
        cell(b.lostConnections(), b.lostConnections() > 0 && !interrupted ? "bad" : "quiet"),
        rare.stream().map(kind -> kind.cell(b)).collect(Markup.joining()));
  }

  private static Markup cell(long count, String style) {
    return Table.cell(style, UnitFormat.count(count));
  }
}
