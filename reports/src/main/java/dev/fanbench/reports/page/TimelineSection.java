package dev.fanbench.reports.page;

import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.reports.chart.BlockChart;
import dev.fanbench.reports.chart.HeatMapChart;
import dev.fanbench.reports.chart.HiccupChart;
import dev.fanbench.reports.chart.TimelineChart;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.BlockMeasure;
import dev.fanbench.reports.model.ReportModel;
import dev.fanbench.reports.model.ReportedRun;
import dev.fanbench.reports.model.Timeline;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The headline phase as it went by: latencies, the targets' use, and the load's own stalls. */
final class TimelineSection {

  private TimelineSection() {}

  static Markup of(ReportModel comparison) {
    List<Timeline> timelines = comparison.timelines();
    if (timelines.isEmpty()) {
      return Markup.EMPTY;
    }
    List<ReportedRun> entries = timelines.stream().map(Timeline::entry).toList();
    return Markup.of(
        "<section id=\"over-time\">\n<h2>{}: as time went by</h2>\n{}</section>\n",
        comparison.headline().orElseThrow().title(),
        Figure.of(entries, charts(timelines), sentence(timelines)));
  }

  private static Markup charts(List<Timeline> timelines) {
    return Stream.of(
            Stream.of(new TimelineChart(timelines).toMarkup()),
            timelines.stream().map(t -> new HeatMapChart(timelines, t).toMarkup()),
            Stream.of(BlockMeasure.values()).map(m -> new BlockChart(timelines, m).toMarkup()),
            Stream.of(new HiccupChart(timelines).toMarkup()))
        .flatMap(charts -> charts)
        .collect(Markup.joining());
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
    return "A level band is a steady target; a rising one is falling behind. In a map, a column is"
        + " about a second and a row a range of response times. A cell is the darker, the larger its"
        + " share of the column's samples. A tall dot above a tall hiccup is the load's fault, not"
        + " the target's. Each target's time begins with its own first publication, and gaps are the"
        + " turns of others."
        + undelivered;
  }
}
