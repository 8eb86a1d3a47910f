package dev.fanbench.reports.page;

import dev.fanbench.reports.chart.RunStyle;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.ReportedRun;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A chart with the legend above it and, below, the sentence it has to have. */
final class Figure {

  private Figure() {}

  /**
   * A figure.
   *
   * @param entries the runs in the chart, for the legend and the note on emulated parts
   * @param chart the drawing
   * @param sentence what it shows
   */
  static Markup of(List<ReportedRun> entries, Markup chart, String sentence) {
    return of(legend(entries), entries, chart, sentence);
  }

  /** A figure with a legend of its own. */
  static Markup of(Markup legend, List<ReportedRun> entries, Markup chart, String sentence) {
    return Markup.of(
        "<figure>\n{}{}<figcaption>{}{}</figcaption>\n</figure>\n",
        legend,
        chart,
        sentence,
        modelled(entries));
  }

  /** A figure whose sentence stands beside its one small chart, where there is room. */
  static Markup beside(List<ReportedRun> entries, Markup chart, String sentence) {
    return Markup.of("<div class=\"beside\">{}</div>\n", of(entries, chart, sentence));
  }

  /** Drawings side by side where there is room. */
  static Markup sideBySide(Markup... charts) {
    return Markup.of("<div class=\"panels\">{}</div>\n", Markup.join(charts));
  }

  private static Markup legend(List<ReportedRun> entries) {
    Markup items =
        entries.stream()
            .map(
                e ->
                    Markup.of(
                        "<li data-name=\"{}\">{}<span>{}</span>{}</li>",
                        e.name(),
                        RunStyle.swatch(e),
                        e.name(),
                        RunLabel.of(e)))
            .collect(Markup.joining());
    return Markup.of("<ul class=\"legend\">{}</ul>\n", items);
  }

  /** One sentence for all runs of which the same parts are emulated. */
  private static Markup modelled(List<ReportedRun> entries) {
    Map<String, List<String>> names = new LinkedHashMap<>();
    for (ReportedRun entry : entries) {
      if (entry.emulated()) {
        String parts = String.join("; ", entry.run().target().modelled());
        names.computeIfAbsent(parts, unseen -> new ArrayList<>()).add(entry.name());
      }
    }
    return names.entrySet().stream()
        .map(
            each ->
                Markup.of(
                    " <span class=\"modelled\">Emulated in {}: {}.</span>",
                    String.join(" · ", each.getValue()),
                    each.getKey()))
        .collect(Markup.joining());
  }
}
