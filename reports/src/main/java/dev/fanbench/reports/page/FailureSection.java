package dev.fanbench.reports.page;

import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.FailureTrend;
import dev.fanbench.reports.model.ReportModel;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/** Shows failures by kind and over the time of their phase; nothing where there were none. */
final class FailureSection {
  private static final int PART_WIDTH = 2;
  private static final int HEIGHT = 16;

  private FailureSection() {}

  static Markup of(ReportModel comparison) {
    List<FailureTrend> failures = FailureTrend.in(comparison);
    if (failures.isEmpty()) {
      return Markup.EMPTY;
    }
    return Markup.of(
        """
        <section id="failures">
        <h2>Failures by kind and time</h2>
        <p>A strip is the time of a phase from left to right. Its columns tell the failures of \
        publications intended then, as shares of the worst column. Lost connections and refusals \
        stand at the time at which they happened, and the strip ends with the phase. Connects and joins \
        are refused before a phase: their strip ends with its begin.</p>
        {}</section>
        """,
        Table.of(
            "dense",
            "Failures by kind and time",
            Markup.of(
                """
                <thead><tr><th scope="col">run</th><th scope="col" class="word">phase</th>\
                <th scope="col" class="word">failures</th><th scope="col" class="word">time</th></tr></thead>
                <tbody>{}</tbody>
                """,
                failures.stream().map(FailureSection::row).collect(Markup.joining()))));
  }

  private static Markup row(FailureTrend trend) {
    return Markup.of(
        "<tr><th scope=\"row\">{}</th>{}{}{}</tr>\n",
        trend.entry().name(),
        Table.cell("word", trend.phase()),
        Table.cell(
            "word",
            UnitFormat.count(trend.count())
                + " "
                + trend.kind()
                + (trend.said().isEmpty() ? "" : ": " + trend.said())),
        Table.cell("word", time(trend)));
  }

  private static Markup time(FailureTrend trend) {
    List<Double> span = trend.spanSeconds();
    if (span.isEmpty()) {
      return Markup.of("–");
    }
    String words = words(trend, span.get(0), span.get(1));
    int width = FailureTrend.PARTS * PART_WIDTH;
    return Markup.of(
        """
        <svg class="t1" width="{}" height="{}" viewBox="0 0 {} {}" role="img" aria-label="{}">\
        <path class="base" d="M0 {}H{}"/><path class="whisker" d="{}"/></svg> {}""",
        width,
        HEIGHT,
        width,
        HEIGHT,
        words,
        HEIGHT,
        width,
        columns(trend.parts()),
        words);
  }

  private static String words(FailureTrend trend, double firstSeconds, double lastSeconds) {
    return trend.beforePhase()
        ? String.format(
            Locale.ROOT,
            "%.1f to %.1f s before the phase",
            trend.seconds() - firstSeconds,
            trend.seconds() - lastSeconds)
        : String.format(
            Locale.ROOT, "%.1f to %.1f s of %.1f s", firstSeconds, lastSeconds, trend.seconds());
  }

  private static String columns(List<Long> parts) {
    long worst = Collections.max(parts);
    StringBuilder data = new StringBuilder();
    for (int part = 0; part < parts.size(); part++) {
      long failures = parts.get(part);
      if (failures > 0) {
        long height = Math.max(1, Math.round((double) failures * HEIGHT / worst));
        data.append('M').append(PART_WIDTH * part + 1).append(' ').append(HEIGHT);
        data.append('v').append(-height);
      }
    }
    return data.toString();
  }
}
