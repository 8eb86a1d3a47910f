package dev.fanbench.reports.chart;

import dev.fanbench.reports.model.Timeline;
import java.util.List;

/**
 * The horizontal axis that all charts of one phase over time share, so that a moment is at the same
 * place in each of them.
 */
final class TimeFrame {

  static final int WIDTH = 960;

  private static final int LEFT = 62;
  private static final int RIGHT = 14;
  private static final int TOP = 10;
  private static final int BELOW = 26;
  private static final int BELOW_WITH_NAME = 46;

  private final Svg svg;
  private final ChartFrame frame;
  private final Axis x;
  private final double lastSecond;

  private TimeFrame(Svg svg, ChartFrame frame, Axis x, double lastSecond) {
    this.svg = svg;
    this.frame = frame;
    this.x = x;
    this.lastSecond = lastSecond;
  }

  /**
   * An empty chart of these runs.
   *
   * @param plot height of the plot in pixels
   * @param named whether the axis says what it is; below such a chart its neighbours need not
   * @param label what the chart shows
   */
  static TimeFrame of(List<Timeline> timelines, int plot, boolean named, String label) {
    int height = TOP + plot + (named ? BELOW_WITH_NAME : BELOW);
    ChartFrame frame = new ChartFrame(LEFT, WIDTH - (double) RIGHT, TOP, TOP + (double) plot);
    double lastSecond =
        timelines.stream()
            .flatMap(Timeline::dots)
            .mapToDouble(Timeline.Dot::seconds)
            .max()
            .orElse(1);
    Axis x = Axis.fromZero(lastSecond, AxisUnit.SECONDS, frame.left(), frame.right());
    Svg svg = Svg.fluid(WIDTH, height, label, frame);
    frame.drawColumns(svg, x, named ? "time since the phase began" : "");
    return new TimeFrame(svg, frame, x, lastSecond);
  }

  Svg svg() {
    return svg;
  }

  ChartFrame frame() {
    return frame;
  }

  Axis x() {
    return x;
  }

  /** True for a moment that is not after the last publication of any run. */
  boolean holds(double second) {
    return second <= lastSecond;
  }

  /** The right edge, in seconds. */
  double lastSecond() {
    return x.valueAt(frame.right());
  }

  /** A vertical axis from zero. */
  Axis y(double top, AxisUnit unit) {
    return Axis.fromZero(top, unit, frame.bottom(), frame.top());
  }

  /** An empty path of values below this axis. */
  ValuePath values(Axis y) {
    return new ValuePath(lastSecond(), y.valueAt(frame.top()));
  }
}
