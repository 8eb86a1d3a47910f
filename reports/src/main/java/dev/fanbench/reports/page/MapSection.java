package dev.fanbench.reports.page;

import dev.fanbench.reports.chart.HeatMapChart;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.PhaseTimeline;
import dev.fanbench.reports.model.ReportModel;
import dev.fanbench.reports.model.ReportedRun;
import dev.fanbench.reports.model.Timeline;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * Response times by time and latency in the fan-out phases that are not the headline. Those that
 * swung most come first, and there are as many as the page has room for.
 */
final class MapSection {

  /** Characters of all these maps; the whole page may have 300 KB. */
  private static final int MOST_CHARACTERS = 9_500;

  private MapSection() {}

  static Markup of(ReportModel comparison) {
    List<Markup> figures = new ArrayList<>();
    List<String> left = new ArrayList<>();
    int characters = 0;
    for (PhaseTimeline phase : comparison.otherTimelines()) {
      Markup figure = figure(phase);
      if (characters + figure.toString().length() <= MOST_CHARACTERS) {
        characters += figure.toString().length();
        figures.add(figure);
      } else {
        left.add(phase.title());
      }
    }
    if (figures.isEmpty() && left.isEmpty()) {
      return Markup.EMPTY;
    }
    return Markup.of(
        "<section id=\"maps\">\n<h2>Other fan-outs: response times by the second</h2>\n{}{}</section>\n",
        Markup.join(figures.toArray(new Markup[0])),
        leftOut(left));
  }

  private static Markup figure(PhaseTimeline phase) {
    List<Timeline> timelines = phase.timelines();
    List<ReportedRun> entries = timelines.stream().map(Timeline::entry).toList();
    Markup maps =
        timelines.stream()
            .map(each -> new HeatMapChart(timelines, each).toMarkup())
            .collect(Markup.joining());
    return Markup.of("<h3>{}</h3>\n{}", phase.title(), Figure.of(entries, maps, sentence(phase)));
  }

  private static String sentence(PhaseTimeline phase) {
    return String.format(
        Locale.ROOT,
        "The highest median of a stretch of time was up to %.1f times the lowest of the same run.",
        phase.swing());
  }

  private static Markup leftOut(List<String> phases) {
    return phases.isEmpty()
        ? Markup.EMPTY
        : Markup.of(
            "<p>Maps left out, so that the page stays small: {}.</p>\n", String.join(", ", phases));
  }
}
