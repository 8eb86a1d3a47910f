package dev.fanbench.reports.page;

import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.reports.chart.FanOutChart;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.FanOutLine;
import dev.fanbench.reports.model.PostBound;
import dev.fanbench.reports.model.ReportModel;
import java.util.List;
import java.util.stream.Collectors;

/** Time to last delivery against fan-out. */
final class FanOutSection {

  private FanOutSection() {}

  /** Empty when no run has two sizes, and nothing bounds the one it has. */
  static Markup of(ReportModel comparison) {
    List<FanOutLine> lines = comparison.fanOut();
    Markup growth = growth(lines);
    Markup bounds = bounds(PostBound.of(lines));
    return growth == Markup.EMPTY && bounds == Markup.EMPTY
        ? Markup.EMPTY
        : Markup.of(
            "<section id=\"fan-out\">\n<h2>The price of a bigger room</h2>\n{}{}</section>\n",
            growth,
            bounds);
  }

  private static Markup growth(List<FanOutLine> lines) {
    Markup chart = new FanOutChart(lines, 960).toMarkup();
    if (lines.stream().noneMatch(FanOutLine::grows) || chart == Markup.EMPTY) {
      return Markup.EMPTY;
    }
    return Markup.join(
        Figure.of(
            lines.stream().map(FanOutLine::entry).toList(),
            chart,
            lines.stream().map(FanOutSection::growth).collect(Collectors.joining(" "))),
        ScalingFit.of("The p50", lines.stream().flatMap(l -> l.law().stream()).toList()));
  }

  private static Markup bounds(List<PostBound> bounds) {
    return bounds.isEmpty()
        ? Markup.EMPTY
        : Markup.of(
            "<p>Under assumed latencies, the posts of one invocation bound it whatever the software"
                + " does:</p>\n<ul>{}</ul>\n",
            bounds.stream()
                .map(bound -> Markup.of("<li>{}</li>\n", bound.text()))
                .collect(Markup.joining()));
  }

  private static String growth(FanOutLine line) {
    List<FanOutLine.Point> points = line.points();
    FanOutLine.Point first = points.get(0);
    FanOutLine.Point last = points.get(points.size() - 1);
    String name = line.entry().nameWithVerdict();
    return points.size() == 1
        ? name + ": " + at(first) + "."
        : name + ": from " + at(first) + " to " + at(last) + ".";
  }

  private static String at(FanOutLine.Point point) {
    return point.p50().brief() + " at " + UnitFormat.count(point.fanOut());
  }
}
