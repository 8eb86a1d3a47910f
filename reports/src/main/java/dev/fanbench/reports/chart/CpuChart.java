package dev.fanbench.reports.chart;

import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.CpuCost;
import java.util.List;
import java.util.Map;

/**
 * Processor time for one delivery, by thread group, one bar for each run.
 *
 * @param costs bars, top to bottom
 */
public record CpuChart(List<CpuCost> costs) {

  private static final int WIDTH = 960;
  private static final int BAR = 24;
  private static final int PITCH = 54;

  /** The drawing. */
  public Markup toMarkup() {
    int height = 34 + PITCH * costs.size() + 46;
    ChartFrame frame = new ChartFrame(2, WIDTH - 64.0, 20, height - 46.0);
    Svg svg = Svg.fluid(WIDTH, height, "Processor time for one delivery by thread group", frame);
    double top = costs.stream().mapToDouble(CpuCost::nanosPerDelivery).max().orElse(1);
    Axis x = Axis.fromZero(top, AxisUnit.NANOS, frame.left(), frame.right());
    for (Axis.Tick tick : x.ticks()) {
      svg.line("grid", tick.at(), frame.top(), tick.at(), frame.bottom());
      svg.text(tick.at() < 9 ? "" : "mid", tick.at(), frame.bottom() + 18, tick.label());
    }
    svg.text("axis end", frame.right(), frame.bottom() + 36, "on-CPU time for one delivery");
    double y = frame.top() + 8;
    for (CpuCost cost : costs) {
      draw(svg, cost, x, y);
      y += PITCH;
    }
    return svg.toMarkup();
  }

  private static void draw(Svg svg, CpuCost cost, Axis x, double y) {
    svg.text("value", x.at(0), y + 10, cost.entry().nameWithLabels());
    double from = 0;
    for (Map.Entry<String, Double> group : cost.steadyNanosByGroup().entrySet()) {
      double to = from + group.getValue();
      String title =
          cost.entry().name() + ", " + group.getKey() + ": " + UnitFormat.time(group.getValue());
      svg.rect(style(group.getKey()), x.at(from), y + 16, x.at(to) - x.at(from), BAR, title);
      from = to;
    }
    if (!cost.entry().valid()) {
      svg.rect("hatched", x.at(0), y + 16, x.at(from) - x.at(0), BAR, "not a valid run");
    }
    svg.text("value", x.at(from), 6, y + 33, UnitFormat.time(cost.nanosPerDelivery()));
  }

  /** The style class of a thread group. */
  public static String style(String group) {
    return CpuCost.GROUPS.contains(group) ? "g-" + group : "g-other";
  }
}
