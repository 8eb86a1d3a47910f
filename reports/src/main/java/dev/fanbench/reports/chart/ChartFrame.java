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
    for (Axis.Tick tick : axis.ticks()) {
      String style = tick.label().isEmpty() ? "grid minor" : "grid";
      svg.line(style, left, tick.at(), right, tick.at());
      svg.text("tick end", left - LABEL_GAP, tick.at() + 4, tick.label());
    }
    svg.title(top - 12, name);
  }

  /** Level lines at both ends only, for a plot that is low. */
  void drawEnds(Svg svg, Axis axis, String name) {
    List<Axis.Tick> ticks = axis.ticks();
    for (Axis.Tick tick : List.of(ticks.get(0), ticks.get(ticks.size() - 1))) {
      svg.line("grid", left, tick.at(), right, tick.at());
      svg.text("tick end", left - LABEL_GAP, tick.at() + 4, tick.label());
    }
    svg.title(top - 12, name);
  }

  /** Marks with their values below the plot, and the axis' name under its right end. */
  void drawColumns(Svg svg, Axis axis, String name) {
    svg.line("base", left, bottom, right, bottom);
    svg.ticks(() -> axis.ticks().forEach(tick -> drawColumn(svg, tick)));
    svg.still("axis end", right, 0, bottom + 36, name);
  }

  private void drawColumn(Svg svg, Axis.Tick tick) {
    svg.line("base", tick.at(), bottom, tick.at(), bottom + 4);
    svg.text("tick mid", tick.at(), bottom + 18, tick.label());
  }
}
