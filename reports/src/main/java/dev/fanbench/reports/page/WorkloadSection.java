package dev.fanbench.reports.page;

import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.PhaseComparison;
import dev.fanbench.reports.model.ReportModel;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Shows the offered load and the load that was sent. */
final class WorkloadSection {

  private WorkloadSection() {}

  static Markup of(ReportModel comparison) {
    return Markup.of(
        """
        <section id="workload">
        <h2>Workload</h2>
        <p>An open schedule: arrivals do not wait for answers. Warm-up phases are run and never reported.</p>
        {}{}{}</section>
        """,
        Table.of("plain", "Workload", phases(comparison)),
        comparison.phases().stream()
            .map(PhaseComparison::phase)
            .filter(phase -> phase.background().any())
            .map(WorkloadSection::background)
            .collect(Markup.joining()),
        comparison.phases().stream()
            .map(PhaseComparison::phase)
            .filter(phase -> phase.publishingMembers() > 0)
            .map(WorkloadSection::publishers)
            .collect(Markup.joining()));
  }

  private static Markup background(Phase phase) {
    return Markup.of(
        "<p><code>{}</code>: {}. They are not measured.</p>\n",
        phase.name(),
        phase.background().text());
  }

  private static Markup publishers(Phase phase) {
    return Markup.of(
        "<p><code>{}</code>: {} of the {} members of a room publish in turn. A copy that comes back"
            + " to its own publisher is no delivery.</p>\n",
        phase.name(),
        UnitFormat.count(phase.publishingMembers()),
        UnitFormat.count(phase.membersOfRoom()));
  }

  private static Markup phases(ReportModel comparison) {
    return Markup.of(
        """
        <thead><tr><th scope="col">phase</th><th scope="col" class="word">kind</th><th scope="col">subscribers</th>\
        <th scope="col">rooms</th><th scope="col">arrivals</th><th scope="col">offered</th>\
        <th scope="col">achieved</th></tr></thead>
        <tbody>{}</tbody>""",
        comparison.phases().stream().map(WorkloadSection::line).collect(Markup.joining()));
  }

  private static Markup line(PhaseComparison comparison) {
    Phase phase = comparison.phase();
    return Markup.of(
        "<tr><th scope=\"row\">{}</th><td class=\"word\">{}</td><td>{}</td><td>{}</td><td>{}</td>"
            + "<td>{}</td><td class=\"list\">{}</td></tr>\n",
        phase.name(),
        phase.kind().name().toLowerCase(Locale.ROOT),
        UnitFormat.count(phase.subscribers()),
        UnitFormat.count(phase.rooms()),
        UnitFormat.count(phase.count()),
        UnitFormat.rate(phase.ratePerSecond()),
        achieved(comparison.results()));
  }

  /** One rate where all runs achieved the same, otherwise each run's. */
  private static String achieved(List<PhaseComparison.Result> results) {
    boolean alike = results.stream().map(WorkloadSection::rate).distinct().count() == 1;
    return alike
        ? rate(results.get(0))
        : results.stream()
            .map(result -> result.entry().name() + " " + rate(result))
            .collect(Collectors.joining(", "));
  }

  private static String rate(PhaseComparison.Result result) {
    return UnitFormat.rate(result.result().achievedPerSecond());
  }
}
