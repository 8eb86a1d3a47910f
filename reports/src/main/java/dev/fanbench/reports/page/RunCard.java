package dev.fanbench.reports.page;

import dev.fanbench.measurement.run.Run;
import dev.fanbench.measurement.run.TargetDescription;
import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.measurement.workload.Workload;
import dev.fanbench.reports.chart.RunStyle;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.ReportModel;
import dev.fanbench.reports.model.ReportedRun;
import java.util.List;
import java.util.stream.Collectors;

/** The targets, workload, machine and date of the runs. */
final class RunCard {

  private static final int MACHINE_FACTS = 5;

  private RunCard() {}

  static Markup of(ReportModel comparison) {
    Run first = comparison.entries().get(0).run();
    return Markup.of(
        """
        <section id="run">
        <div class="card">
        <ul class="targets">{}</ul>
        <dl>{}{}{}{}</dl>
        </div>
        </section>
        """,
        comparison.entries().stream().map(RunCard::target).collect(Markup.joining()),
        fact("Started", readable(first.startedAt())),
        fact("Workload", workload(first.workload())),
        machine(first),
        fact("fanbench", first.fanbenchVersion() + ", revision " + first.revision()));
  }

  private static Markup target(ReportedRun entry) {
    TargetDescription target = entry.run().target();
    return Markup.of(
        "<li>{}<div><strong>{}</strong>{}<span>{}, {}</span><code>{}</code></div></li>\n",
        RunStyle.swatch(entry),
        entry.name(),
        RunLabel.of(entry),
        target.kind(),
        target.place(),
        target.url());
  }

  private static Markup fact(String name, String value) {
    return Markup.of("<div><dt>{}</dt><dd>{}</dd></div>", name, value);
  }

  private static Markup machine(Run run) {
    return run.environment().isEmpty()
        ? Markup.EMPTY
        : fact(
            "Machine",
            run.environment().entrySet().stream()
                .limit(MACHINE_FACTS)
                .map(e -> e.getKey() + " " + e.getValue())
                .collect(Collectors.joining(", ")));
  }

  private static String workload(Workload workload) {
    return workload.name()
        + ": open, "
        + workload.arrivalText()
        + " arrivals, "
        + sizes(workload)
        + " of text, seed "
        + workload.seed();
  }

  private static String sizes(Workload workload) {
    List<String> sizes =
        workload.phases().stream()
            .filter(phase -> !phase.warmUp())
            .map(phase -> UnitFormat.bytes(workload.payloadBytes(phase)))
            .distinct()
            .toList();
    return sizes.isEmpty() ? UnitFormat.bytes(workload.payloadBytes()) : String.join(" or ", sizes);
  }

  private static String readable(String instant) {
    return instant.replace('T', ' ').replaceFirst("(\\.\\d+)?Z$", " UTC");
  }
}
