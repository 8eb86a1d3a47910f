package dev.fanbench.reports.page;

import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.MemoryTrend;
import dev.fanbench.reports.model.ReportModel;

/** Shows the targets' memory over equal phases. */
final class MemorySection {

  private MemorySection() {}

  static Markup of(ReportModel comparison) {
    if (comparison.memory().isEmpty()) {
      return Markup.EMPTY;
    }
    return Markup.of(
        """
        <section id="memory">
        <h2>Does memory grow?</h2>
        <p>The target's own count at the end of phases that offered the same, each with fresh connections in fresh rooms. \
        Heap in use contains garbage, so single values say little; a trend is called one when it would come about by \
        chance once in a hundred times.</p>
        {}</section>
        """,
        comparison.memory().stream().map(MemorySection::trend).collect(Markup.joining()));
  }

  private static Markup trend(MemoryTrend trend) {
    Markup content =
        Markup.of(
            """
            <caption>{}</caption>
            <thead><tr><th scope="col">phase</th><th scope="col">minutes</th><th scope="col">heap in use</th>\
            <th scope="col">outside the heap</th></tr></thead>
            <tbody>{}</tbody>""",
            trend.entry().name(),
            trend.points().stream().map(MemorySection::line).collect(Markup.joining()));
    return Markup.of(
        "<p>{}</p>\n{}", trend.sentence(), Table.of("dense", trend.entry().name(), content));
  }

  private static Markup line(MemoryTrend.Point point) {
    return Markup.of(
        "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td><td>{}</td></tr>\n",
        point.phase(),
        UnitFormat.mean(point.minutes()),
        UnitFormat.bytes(point.heapBytes()),
        Double.isNaN(point.directBytes()) ? "–" : UnitFormat.bytes(point.directBytes()));
  }
}
