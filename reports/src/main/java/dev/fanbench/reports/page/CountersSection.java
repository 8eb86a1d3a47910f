package dev.fanbench.reports.page;

import dev.fanbench.measurement.host.UsageMeter;
import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.measurement.run.Usage;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.PhaseComparison;
import dev.fanbench.reports.model.ReportModel;
import dev.fanbench.target.TargetCounter;
import dev.fanbench.target.TargetCounter.Unit;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/** Shows the targets' own counters in the headline phase: memory, GC, drops, AWS units. */
final class CountersSection {

  private CountersSection() {}

  static Markup of(ReportModel comparison) {
    List<PhaseComparison.Result> results =
        comparison.headline().map(PhaseComparison::results).orElse(List.of());
    SortedSet<String> names = new TreeSet<>();
    results.forEach(r -> names.addAll(counters(r).keySet()));
    if (names.isEmpty()) {
      return Markup.EMPTY;
    }
    return Markup.of(
        """
        <section id="counters">
        <h2>Counters of the targets</h2>
        <p>{}: growth of each target's own counters over the phase, and its gauges at the end.</p>
        {}</section>
        """,
        comparison.headline().orElseThrow().title(),
        Table.of("dense", "Counters of the targets", table(names, results)));
  }

  private static Markup table(SortedSet<String> names, List<PhaseComparison.Result> results) {
    return Markup.of(
        """
        <thead><tr><th scope="col">counter</th>{}</tr></thead>
        <tbody>{}</tbody>""",
        results.stream()
            .map(r -> Markup.of("<th scope=\"col\">{}</th>", r.entry().name()))
            .collect(Markup.joining()),
        names.stream().map(n -> line(n, results)).collect(Markup.joining()));
  }

  private static Markup line(String name, List<PhaseComparison.Result> results) {
    return Markup.of(
        "<tr><th scope=\"row\"><code>{}</code></th>{}</tr>\n",
        name,
        results.stream().map(r -> cell(name, counters(r).get(name))).collect(Markup.joining()));
  }

  private static Markup cell(String name, Double value) {
    return value == null ? Table.unknown() : Markup.of("<td>{}</td>", text(name, value));
  }

  private static String text(String name, double value) {
    if (name.equals(UsageMeter.STEAL_SHARE) || name.equals(UsageMeter.IDLE_SHARE)) {
      return UnitFormat.percent(value);
    }
    boolean bytes =
        Set.of(UsageMeter.RESIDENT_BYTES, UsageMeter.PEAK_BYTES).contains(name)
            || TargetCounter.of(name).filter(c -> c.unit() == Unit.BYTES).isPresent();
    if (bytes) {
      return UnitFormat.bytes(value);
    }
    return value == Math.rint(value) ? UnitFormat.count((long) value) : String.valueOf(value);
  }

  private static Map<String, Double> counters(PhaseComparison.Result result) {
    Usage target = result.result().target();
    return target == null ? Map.of() : target.counters();
  }
}
