package dev.fanbench.reports.chart;

import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.PercentileInterval;
import dev.fanbench.measurement.run.PercentileValue;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.Distribution;
import dev.fanbench.reports.model.ReportedRun;
import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.stream.Stream;

/**
 * Value against percentile on an axis of nines, runs overlaid, thresholds dashed.
 *
 * @param title what it shows
 * @param curves runs to draw, faint ones first
 * @param limits thresholds
 * @param bottomNanos the smallest value of those charts where the axis is logarithmic; 0 for one
 *     that begins at zero
 * @param topNanos the largest value of every chart this one is compared with
 * @param topNines the highest percentile of those charts
 */
public record PercentileChart(
    String title,
    List<Curve> curves,
    List<Limit> limits,
    double bottomNanos,
    double topNanos,
    double topNines) {

  private static final int WIDTH = 470;
  private static final int HEIGHT = 270;
  private static final ChartFrame FRAME = new ChartFrame(58, WIDTH - 14.0, 10, HEIGHT - 46.0);
  private static final double ROOM_FOR_LIMITS = 2.5;
  private static final int LIMIT_TEXT = 15;

  /** Medians this many times apart leave the lower lines on the base of an axis from zero. */
  private static final double FAR_APART = 10;

  /** One line: a run's distribution, faint when it only explains another. */
  public record Curve(ReportedRun entry, Distribution distribution, boolean faint) {

    double topNanos() {
      return distribution.curve().stream().mapToLong(Distribution.Point::nanos).max().orElse(0);
    }

    /** Above 0, so that it has a place on a logarithmic axis. */
    double bottomNanos() {
      return distribution.curve().stream().mapToLong(p -> Math.max(1, p.nanos())).min().orElse(1);
    }

    private Stream<Double> median() {
      return !faint && distribution.at(Percentile.P50) instanceof PercentileValue.Time time
          ? Stream.of((double) Math.max(1, time.nanos()))
          : Stream.empty();
    }

    double topNines() {
      int last = distribution.curve().size() - 1;
      return last < 0 ? 0 : distribution.curve().get(last).nines();
    }
  }

  /** A threshold of an SLO. */
  public record Limit(double nanos, String label) {}

  /** Charts with equal axes, one for each list of curves; thresholds far above all stay outside. */
  public static double top(List<Curve> curves, List<Limit> limits) {
    double drawn = curves.stream().mapToDouble(Curve::topNanos).max().orElse(0);
    double limit =
        limits.stream()
            .mapToDouble(Limit::nanos)
            .filter(l -> l <= drawn * ROOM_FOR_LIMITS)
            .max()
            .orElse(0);
    return Math.max(drawn, limit);
  }

  /**
   * The begin of the axis of these curves: 0, or their smallest value where their medians are far
   * apart, so that no line lies on the base.
   */
  public static double bottom(List<Curve> curves) {
    DoubleSummaryStatistics medians =
        curves.stream().flatMap(Curve::median).mapToDouble(m -> m).summaryStatistics();
    return medians.getCount() > 1 && medians.getMax() >= FAR_APART * medians.getMin()
        ? curves.stream().mapToDouble(Curve::bottomNanos).min().orElse(0)
        : 0;
  }

  /** The highest percentile any of these curves reaches. */
  public static double nines(List<Curve> curves) {
    return curves.stream().mapToDouble(Curve::topNines).max().orElse(1);
  }

  /** The drawing. */
  public Markup toMarkup() {
    Svg svg = Svg.fluid(WIDTH, HEIGHT, title, FRAME);
    boolean zero = bottomNanos == 0;
    Axis y =
        zero
            ? Axis.fromZero(topNanos, AxisUnit.NANOS, FRAME.bottom(), FRAME.top())
            : Axis.logarithmic(bottomNanos, topNanos, AxisUnit.NANOS, FRAME.bottom(), FRAME.top());
    Axis x = Axis.nines(topNines, FRAME.left(), FRAME.right() - 8);
    FRAME.drawRows(svg, y, zero ? title : title + ", logarithmic");
    FRAME.drawColumns(svg, x, "percentile");
    curves.forEach(c -> svg.of(c.entry(), () -> draw(svg, c, x, y)));
    limits.forEach(l -> draw(svg, l, y));
    return svg.interactive(x, y).toMarkup();
  }

  private static void draw(Svg svg, Curve curve, Axis x, Axis y) {
    List<Distribution.Point> points = curve.distribution().curve();
    if (points.isEmpty()) {
      return;
    }
    SvgPath line = new SvgPath();
    line.curve(
        points.stream()
            .map(p -> new SvgPath.Spot(x.at(p.nines()), y.at(Math.max(1, p.nanos()))))
            .toList());
    String look = RunStyle.style(curve.entry());
    if (!curve.entry().valid() && !curve.faint()) {
      svg.path("hatched", area(points, x, y));
    }
    svg.path((curve.faint() ? "curve faint " : "curve ") + look, line);
    if (!curve.faint()) {
      drawMarkers(svg, curve, x, y);
    }
  }

  private static SvgPath area(List<Distribution.Point> points, Axis x, Axis y) {
    SvgPath area = new SvgPath();
    area.move(x.at(points.get(0).nines()), FRAME.bottom());
    points.forEach(p -> area.line(x.at(p.nines()), y.at(Math.max(1, p.nanos()))));
    area.line(x.at(points.get(points.size() - 1).nines()), FRAME.bottom());
    return area.close();
  }

  private static void drawMarkers(Svg svg, Curve curve, Axis x, Axis y) {
    PercentileMark.NINES.forEach((rank, nines) -> drawMarker(svg, curve, rank, x.at(nines), y));
  }

  private static void drawMarker(Svg svg, Curve curve, Percentile rank, double atX, Axis y) {
    PercentileValue value = curve.distribution().at(rank);
    if (value instanceof PercentileValue.Time time) {
      if (value.hasWideInterval()) {
        drawInterval(svg, curve, value.interval(), atX, y);
      }
      String title = curve.entry().name() + ", " + rank.label() + ": " + value.text();
      svg.marker(curve.entry(), atX, y.at(Math.max(1, time.nanos())), title);
    } else if (value instanceof PercentileValue.NotDelivered) {
      svg.text("mid", atX, FRAME.top() + 10, "↑ not delivered");
    }
  }

  /** Draws the range that holds the true value, as far as the chart goes. */
  private static void drawInterval(
      Svg svg, Curve curve, PercentileInterval interval, double atX, Axis y) {
    boolean open = interval.highNanos() == PercentileInterval.NONE;
    double high = open ? FRAME.top() : Math.max(FRAME.top(), y.at(interval.highNanos()));
    String style = "whisker " + RunStyle.style(curve.entry());
    double low = Math.min(FRAME.bottom(), y.at(Math.max(1, interval.lowNanos())));
    svg.whisker(style, atX, 0, low, high);
  }

  private void draw(Svg svg, Limit limit, Axis y) {
    boolean above = limit.nanos() > topNanos * 1.0001;
    double at = above ? FRAME.top() : y.at(limit.nanos());
    if (above) {
      svg.text("slo end", FRAME.right(), at + LIMIT_TEXT, limit.label() + " lies above ↑");
      return;
    }
    if (at > FRAME.bottom()) {
      svg.text("slo end", FRAME.right(), FRAME.bottom() - 5, limit.label() + " lies below ↓");
      return;
    }
    svg.line("slo", FRAME.left(), at, FRAME.right(), at);
    boolean nearTop = at < FRAME.top() + LIMIT_TEXT;
    svg.text("slo end", FRAME.right(), nearTop ? at + LIMIT_TEXT : at - 5, limit.label());
  }
}
