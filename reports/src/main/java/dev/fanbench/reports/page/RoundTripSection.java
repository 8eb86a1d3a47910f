package dev.fanbench.reports.page;

import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.workload.PhaseKind;
import dev.fanbench.reports.chart.PercentileChart.Limit;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.PhaseComparison;
import dev.fanbench.reports.model.ReportModel;
import dev.fanbench.reports.model.ReportedRun;
import dev.fanbench.reports.model.RoundTripAnswer;
import dev.fanbench.reports.page.PercentileFigure.Panel;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The two round trips, on equal axes. */
final class RoundTripSection {

  private RoundTripSection() {}

  static Markup of(ReportModel comparison) {
    List<PhaseComparison> phases =
        Stream.of(PhaseKind.ECHO, PhaseKind.CHAT)
            .flatMap(k -> comparison.phases(k).stream())
            .toList();
    if (phases.isEmpty()) {
      return Markup.EMPTY;
    }
    List<ReportedRun> entries =
        comparison.entries().stream()
            .filter(e -> phases.stream().anyMatch(p -> has(p, e)))
            .toList();
    return Markup.of(
        "<section id=\"round-trip\">\n<h2>A round trip</h2>\n{}{}</section>\n",
        Figure.of(
            entries,
            PercentileFigure.of(phases.stream().map(p -> panel(comparison, p)).toList()),
            sentence(comparison)),
        phases.stream().map(LatencyTable::brief).collect(Markup.joining()));
  }

  private static boolean has(PhaseComparison phase, ReportedRun entry) {
    return phase.row(Series.RESPONSE, entry).isPresent();
  }

  private static Panel panel(ReportModel comparison, PhaseComparison phase) {
    boolean chat = phase.phase().kind() == PhaseKind.CHAT;
    List<Limit> asked = ChartLimit.of(comparison, phase, Series.RESPONSE);
    List<Limit> limits =
        chat && asked.isEmpty()
            ? List.of(new Limit(RoundTripAnswer.LIMIT_NANOS, "a few milliseconds: 10 ms"))
            : asked;
    return Panel.of(
        phase.named(
            chat
                ? "chat: through room and store to one subscriber"
                : "echo: request and answer, no state"),
        phase,
        Series.RESPONSE,
        List.of(Series.SERVICE),
        limits);
  }

  private static String sentence(ReportModel comparison) {
    String answers =
        comparison.answers().stream()
            .map(a -> a.entry().nameWithVerdict() + ": " + a.text())
            .collect(Collectors.joining("; "));
    String both = "The difference between chat and echo is the cost of rooms and store.";
    return answers.isEmpty() ? both : RoundTripAnswer.QUESTION + " " + answers + ". " + both;
  }
}
