package dev.fanbench.reports.page;

import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.reports.chart.TimelineChart;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.ReportModel;
import dev.fanbench.reports.model.ReportedRun;
import dev.fanbench.reports.model.Timeline;
import java.util.List;
import java.util.stream.Collectors;

/** The headline phase as it went by, with the load's own stalls beneath. */
final class TimelineSection {

  private TimelineSection() {}

  static Markup of(ReportModel comparison) {
    List<Timeline> timelines = comparison.timelines();
    if (timelines.isEmpty()) {
      return Markup.EMPTY;
    }
    List<ReportedRun> entries = timelines.stream().map(Timeline::entry).toList();
    Markup charts = new TimelineChart(timelines).toMarkup();
    return Markup.of(
        "<section id=\"over-time\">\n<h2>{}: as time went by</h2>\n{}</section>\n",
        comparison.headline().orElseThrow().title(),
        Figure.of(entries, charts, sentence(timelines)));
  }

  private static String sentence(List<Timeline> timelines) {
    String undelivered =
        timelines.stream()
            .filter(t -> t.undelivered() > 0)
            .map(
                t ->
                    " Not drawn: "
                        + UnitFormat.count(t.undelivered())
                        + " of "
                        + t.entry().name()
                        + " that did not reach everyone.")
            .collect(Collectors.joining());
    return "A level band is a steady target; a rising one is falling behind. A tall dot above a tall"
        + " hiccup is the load's fault, not the target's. Each target's time begins with its own"
        + " first publication, and gaps are the turns of others."
        + undelivered;
  }
}
