package dev.fanbench.reports.page;

import dev.fanbench.measurement.run.TargetDescription;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.ReportModel;
import dev.fanbench.reports.model.ReportedRun;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Machine, JVMs and settings, one value where all runs agree. */
final class EnvironmentSection {

  private EnvironmentSection() {}

  static Markup of(ReportModel comparison) {
    List<ReportedRun> entries = comparison.entries();
    Set<String> keys = new LinkedHashSet<>();
    entries.forEach(e -> keys.addAll(e.run().environment().keySet()));
    Markup lines =
        Markup.join(
            line("run", entries, e -> e.run().id()),
            line("where", entries, e -> e.run().target().place()),
            line("options", entries, e -> settings(e.run().target())),
            keys.stream()
                .map(k -> line(k, entries, e -> e.run().environment().getOrDefault(k, "–")))
                .collect(Markup.joining()));
    Markup content =
        Markup.of(
            """
        <thead><tr><th scope="col">what</th>{}</tr></thead>
        <tbody>{}</tbody>""",
            entries.stream()
                .map(e -> Markup.of("<th scope=\"col\">{}</th>", e.name()))
                .collect(Markup.joining()),
            lines);
    return Markup.of(
        "<section id=\"environment\">\n<h2>Environment</h2>\n{}</section>\n",
        Table.of("words", "Environment", content));
  }

  private static String settings(TargetDescription target) {
    Map<String, String> sorted = new TreeMap<>(target.settings());
    return sorted.isEmpty()
        ? "–"
        : sorted.entrySet().stream()
            .map(e -> e.getKey() + "=" + e.getValue())
            .collect(Collectors.joining(", "));
  }

  private static Markup line(
      String key, List<ReportedRun> entries, Function<ReportedRun, String> value) {
    List<String> values = entries.stream().map(value).toList();
    boolean same = values.stream().distinct().count() == 1;
    Markup cells =
        same
            ? Markup.of("<td colspan=\"{}\">{}</td>", entries.size(), values.get(0))
            : values.stream().map(v -> Markup.of("<td>{}</td>", v)).collect(Markup.joining());
    return Markup.of("<tr><th scope=\"row\">{}</th>{}</tr>\n", key, cells);
  }
}
