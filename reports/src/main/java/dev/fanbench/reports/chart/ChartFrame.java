package dev.fanbench.reports.chart;

import java.util.List;

/**
 * The edges of the plot within a drawing.
 *
 * @param left x of the vertical axis
 * @param right x of the right edge
 * @param top y of the upper edge
 * @param bottom y of the horizontal axis
 */
record ChartFrame(double left, double right, double top, double bottom) {

  private static final int LABEL_GAP = 7;

  /** Level lines with their values on the left, and the axis' name above them. */
  void drawRows(Svg svg, Axis axis, String name) {
    drawRows(svg, axis.ticks());
    svg.title(top - 12, name);
  }

  /** Level lines at both ends only, for a plot that is low. */
  void drawEnds(Svg svg, Axis axis, String name) {
    List<Axis.Tick> ticks = axis.ticks();
    drawRows(svg, List.of(ticks.get(0), ticks.get(ticks.size() - 1)));
    svg.title(top - 12, name);
  }

  /** Draws the lines together: each alone takes four times as many bytes. */
  private void drawRows(Svg svg, List<Axis.Tick> ticks) {
    SvgPath named = new SvgPath();
    SvgPath minor = new SvgPath();
    for (Axis.Tick tick : ticks) {
      SvgPath lines = tick.label().isEmpty() ? minor : named;
      lines.move(left, tick.at()).line(right, tick.at());
    }
    svg.path("grid", named).path("grid minor", minor);
    svg.rowLabels(left, LABEL_GAP, ticks);
  }

  /** Marks with their values below the plot, and the axis' name under its right end. */
  void drawColumns(Svg svg, Axis axis, String name) {
    svg.line("base", left, bottom, right, bottom);
    svg.ticks(() -> drawColumns(svg, axis.ticks()));
    svg.still("axis end", right, 0, bottom + 36, name);
  }

  private void drawColumns(Svg svg, List<Axis.Tick> ticks) {
    SvgPath marks = new SvgPath();
    ticks.forEach(tick -> marks.move(tick.at(), bottom).line(tick.at(), bottom + 4));
    svg.path("base", marks);
    ticks.forEach(tick -> svg.text("mid", tick.at(), bottom + 18, tick.label()));
  }
}
