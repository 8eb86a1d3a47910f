package dev.fanbench.reports.chart;

import dev.fanbench.measurement.change.PhaseCurve;
import dev.fanbench.measurement.change.SideCurve;
import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.reports.markup.Markup;
import java.util.List;
import java.util.stream.Stream;

/**
 * Value against percentile of two sides in one phase, each with the band of its interval as far as
 * the chart goes. The axis covers the values: one wide interval would press all lines on its base.
 *
 * @param curve both sides
 * @param names the sides as the legend has them: the base's and the other's
 */
public record SideChart(PhaseCurve curve, List<String> names) {

  private static final int WIDTH = 470;
  private static final int HEIGHT = 270;
  private static final ChartFrame FRAME = new ChartFrame(58, WIDTH - 14.0, 10, HEIGHT - 46.0);

  /** A curve has a point at each of these percentiles, but for the last digits of its place. */
  private static final double NEAR = 1e-9;

  /** The drawing; nothing when no side has a point. */
  public Markup toMarkup() {
    List<SideCurve.Point> all =
        Stream.of(curve.base(), curve.now()).flatMap(side -> side.points().stream()).toList();
    if (all.isEmpty()) {
      return Markup.EMPTY;
    }
    String title = curve.metric().series().label() + "@" + curve.phase().name();
    Svg svg = Svg.fluid(WIDTH, HEIGHT, title, FRAME);
    double top = all.stream().mapToDouble(SideCurve.Point::nanos).max().orElseThrow();
    Axis y = Axis.fromZero(top, AxisUnit.NANOS, FRAME.bottom(), FRAME.top());
    double nines = all.stream().mapToDouble(SideCurve.Point::nines).max().orElseThrow();
    Axis x = Axis.nines(nines, FRAME.left(), FRAME.right() - 8);
    FRAME.drawRows(svg, y, title);
    FRAME.drawColumns(svg, x, "percentile");
    draw(svg, 0, curve.base(), x, y);
    draw(svg, 1, curve.now(), x, y);
    return svg.interactive(x, y).toMarkup();
  }

  private void draw(Svg svg, int slot, SideCurve side, Axis x, Axis y) {
    if (side.points().isEmpty()) {
      return;
    }
    svg.of(
        names.get(slot),
        () -> {
          String style = RunStyle.side(slot);
          List<SideCurve.Point> sure =
              side.points().stream().filter(SideCurve.Point::hasInterval).toList();
          if (!sure.isEmpty()) {
            svg.path("band " + style, band(sure, x, y));
          }
          SvgPath line = new SvgPath();
          line.curve(
              side.points().stream()
                  .map(p -> new SvgPath.Spot(x.at(p.nines()), y.at(p.nanos())))
                  .toList());
          svg.path("curve " + style, line);
          PercentileMark.NINES.forEach((rank, nines) -> mark(svg, slot, rank, nines, side, x, y));
        });
  }

  /** Along the upper ends of the intervals, and back along the lower ones. */
  private static SvgPath band(List<SideCurve.Point> sure, Axis x, Axis y) {
    SvgPath band = new SvgPath();
    band.move(x.at(sure.get(0).nines()), high(sure.get(0), y));
    sure.forEach(p -> band.line(x.at(p.nines()), high(p, y)));
    for (int i = sure.size() - 1; i >= 0; i--) {
      band.line(x.at(sure.get(i).nines()), y.at(sure.get(i).lowNanos()));
    }
    return band.close();
  }

  private static double high(SideCurve.Point point, Axis y) {
    return Math.max(FRAME.top(), y.at(point.highNanos()));
  }

  private void mark(
      Svg svg, int slot, Percentile rank, double nines, SideCurve side, Axis x, Axis y) {
    side.points().stream()
        .filter(point -> Math.abs(point.nines() - nines) < NEAR)
        .findFirst()
        .ifPresent(
            point ->
                svg.marker(
                    "m" + slot,
                    RunStyle.side(slot),
                    x.at(point.nines()),
                    y.at(point.nanos()),
                    told(names.get(slot), rank, point)));
  }

  private static String told(String name, Percentile rank, SideCurve.Point point) {
    String interval =
        point.hasInterval()
            ? " (" + UnitFormat.times((long) point.lowNanos(), (long) point.highNanos()) + ")"
            : "";
    return name + ", " + rank.label() + ": " + UnitFormat.time(point.nanos()) + interval;
  }
}
