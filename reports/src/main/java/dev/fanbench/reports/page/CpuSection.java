package dev.fanbench.reports.page;

import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.measurement.run.Usage;
import dev.fanbench.reports.chart.CpuChart;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.CpuCost;
import dev.fanbench.reports.model.ReportModel;
import dev.fanbench.reports.model.ReportedRun;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Shows the processor time of the targets by its use. */
final class CpuSection {

  private CpuSection() {}

  static Markup of(ReportModel comparison) {
    List<CpuCost> costs = comparison.cpu();
    if (costs.isEmpty()) {
      return Markup.of(
          "<section id=\"cpu\"><h2>Where the CPU went</h2><p>Not available: no run has the target's"
              + " processor time.</p></section>\n");
    }
    List<CpuCost> largest = comparison.headlineCpu();
    int fanOut = largest.get(0).phase().fanOut();
    Markup charts = new CpuChart(largest).toMarkup();
    return Markup.of(
        "<section id=\"cpu\">\n<h2>Where the CPU went</h2>\n{}{}{}{}</section>\n",
        Figure.of(
            groupLegend(largest),
            largest.stream().map(CpuCost::entry).toList(),
            charts,
            sentence(largest, fanOut)),
        table(costs),
        IdleUse.of(comparison),
        ScalingFit.of("On-CPU time of a publication", CpuCost.laws(costs)));
  }

  private static String sentence(List<CpuCost> costs, int fanOut) {
    String each =
        costs.stream()
            .map(
                c ->
                    c.entry().nameWithVerdict()
                        + " "
                        + UnitFormat.time(c.nanosPerDelivery())
                        + (c.overFloor().known()
                            ? " (" + c.overFloor().text() + " the floor)"
                            : ""))
            .collect(Collectors.joining(", "));
    String sources =
        costs.stream().map(CpuCost::source).distinct().collect(Collectors.joining(", "));
    return "On-CPU time of the target, its JVM's compilers left out, for one delivery at fan-out "
        + UnitFormat.count(fanOut)
        + ": "
        + each
        + ". Source: "
        + sources
        + ".";
  }

  private static Markup groupLegend(List<CpuCost> costs) {
    Markup items =
        groups(costs).stream()
            .filter(g -> !g.equals(Usage.JIT))
            .map(
                g ->
                    Markup.of(
                        "<li><i class=\"{}\"></i><span>{}</span></li>",
                        CpuChart.style(g),
                        words(g)))
            .collect(Markup.joining());
    return Markup.of("<ul class=\"legend\">{}</ul>\n", items);
  }

  private static Set<String> groups(List<CpuCost> costs) {
    Set<String> groups = new LinkedHashSet<>();
    CpuCost.GROUPS.stream()
        .filter(g -> costs.stream().anyMatch(c -> c.nanosByGroup().containsKey(g)))
        .forEach(groups::add);
    costs.forEach(c -> groups.addAll(c.nanosByGroup().keySet()));
    return groups;
  }

  private static String words(String group) {
    return switch (group) {
      case "loops" -> "event loops";
      case "sdk" -> "client libraries";
      case "gc" -> "GC";
      case "jit" -> "JIT";
      default -> group;
    };
  }

  private static Markup table(List<CpuCost> costs) {
    Set<String> groups = groups(costs);
    boolean floor = costs.stream().anyMatch(c -> c.overFloor().known());
    Markup content =
        Markup.of(
            """
        <caption>On-CPU time for one delivery</caption>
        <thead><tr><th scope="col">run</th><th scope="col">fan-out</th>{}<th scope="col">all but JIT</th>{}</tr></thead>
        <tbody>{}</tbody>""",
            groups.stream()
                .map(g -> Markup.of("<th scope=\"col\">{}</th>", words(g)))
                .collect(Markup.joining()),
            floor ? Markup.of("<th scope=\"col\">÷ floor</th>") : Markup.EMPTY,
            costs.stream().map(c -> line(c, groups, floor)).collect(Markup.joining()));
    return Table.of("plain", "On-CPU time for one delivery", content);
  }

  private static Markup line(CpuCost cost, Set<String> groups, boolean floor) {
    ReportedRun entry = cost.entry();
    return Markup.of(
        "<tr><th scope=\"row\">{}{}</th><td>{}</td>{}<td><strong>{}</strong></td>{}</tr>\n",
        entry.name(),
        RunLabel.of(entry),
        cost.at(),
        groups.stream().map(g -> cell(cost.nanosByGroup().get(g))).collect(Markup.joining()),
        UnitFormat.time(cost.nanosPerDelivery()),
        floor ? Markup.of("<td class=\"ratio\">{}</td>", cost.overFloor().text()) : Markup.EMPTY);
  }

  private static Markup cell(Double nanos) {
    return nanos == null || nanos == 0
        ? Table.unknown()
        : Markup.of("<td>{}</td>", UnitFormat.time(nanos));
  }
}
