package dev.fanbench.reports.chart;

import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.Trend;
import java.util.List;

/**
 * A trend as a line that fits into a table: runs from left to right, from zero to the slowest.
 *
 * @param trend what is drawn
 */
public record TrendChart(Trend trend) {

  private static final int WIDTH = 260;
  private static final int HEIGHT = 48;
  private static final int MARGIN = 6;

  /** The drawing. */
  public Markup toMarkup() {
    List<Trend.Point> points = trend.points();
    Svg svg = new Svg(WIDTH, HEIGHT, label());
    long slowest = points.stream().mapToLong(Trend.Point::nanos).max().orElseThrow();
    double step = (WIDTH - 2.0 * MARGIN) / (points.size() - 1);
    double bottom = HEIGHT - MARGIN;
    SvgPath line = new SvgPath();
    svg.line("base", 0, bottom, WIDTH, bottom);
    for (int i = 0; i < points.size(); i++) {
      double x = MARGIN + i * step;
      double y = bottom - (HEIGHT - 2.0 * MARGIN) * points.get(i).nanos() / slowest;
      if (i == 0) {
        line.move(x, y);
      } else {
        line.line(x, y);
      }
    }
    svg.path("curve t0", line);
    for (int i = 0; i < points.size(); i++) {
      Trend.Point point = points.get(i);
      double y = bottom - (HEIGHT - 2.0 * MARGIN) * point.nanos() / slowest;
      svg.rect("mark t0", MARGIN + i * step - 3, y - 3, 6, 6, told(point));
    }
    return svg.toMarkup();
  }

  private String label() {
    return "%s, %s: p50 of the last delivery from run to run"
        .formatted(trend.target().name(), trend.workload());
  }

  private static String told(Trend.Point point) {
    return "%s, revision %s: %s"
        .formatted(point.started(), point.revision(), UnitFormat.time(point.nanos()));
  }
}
