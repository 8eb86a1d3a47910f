package dev.fanbench.reports.chart;

import dev.fanbench.measurement.run.PercentileValue;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.Timeline;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Every publication of a phase as it went by, and p50 and p90 of its stretches.
 *
 * @param timelines one for each run
 */
public record TimelineChart(List<Timeline> timelines) {

  private static final int PLOT = 220;
  private static final int MOST_DOTS = 1_500;

  /** The drawing. */
  public Markup toMarkup() {
    TimeFrame time =
        TimeFrame.of(timelines, PLOT, true, "Time to last delivery while the phase went by");
    Svg svg = time.svg();
    Axis y = time.y(top(), AxisUnit.NANOS);
    time.frame()
        .drawRows(svg, y, "time to last delivery (dots: publications; lines: p50 thick, p90 thin)");
    timelines.forEach(t -> svg.of(t.entry(), () -> drawDots(time, t, y)));
    timelines.forEach(t -> svg.of(t.entry(), () -> drawWindows(time, t, y)));
    return svg.interactive(time.x(), y).toMarkup();
  }

  private double top() {
    return timelines.stream()
        .flatMap(Timeline::dots)
        .mapToDouble(Timeline.Dot::nanos)
        .max()
        .orElse(1);
  }

  /** At most one dot in each cell of a grid that is as fine as the page's size allows. */
  private static void drawDots(TimeFrame time, Timeline timeline, Axis y) {
    for (double cell = 0.5; ; cell *= 2) {
      ValuePath path = time.values(y);
      Set<Long> taken = new HashSet<>();
      double size = cell;
      timeline
          .dots()
          .forEachOrdered(
              dot -> {
                long column = Math.round(time.x().at(dot.seconds()) / size);
                long row = Math.round(y.at(dot.nanos()) / size);
                if (taken.add(column << 20 | row)) {
                  path.dot(dot.seconds(), (double) dot.nanos());
                }
              });
      if (taken.size() <= MOST_DOTS) {
        time.svg().values("dots " + RunStyle.style(timeline.entry()), "publication", path);
        return;
      }
    }
  }

  private static void drawWindows(TimeFrame time, Timeline timeline, Axis y) {
    ValuePath half = time.values(y);
    ValuePath ninety = time.values(y);
    for (Timeline.Window window : timeline.windows()) {
      if (window.p50() instanceof PercentileValue.Time p50) {
        half.level(window.fromSeconds(), window.toSeconds(), (double) p50.nanos());
      }
      if (window.p90() instanceof PercentileValue.Time p90) {
        ninety.level(window.fromSeconds(), window.toSeconds(), (double) p90.nanos());
      }
    }
    String style = RunStyle.style(timeline.entry());
    time.svg().values("window " + style, "p50", half);
    time.svg().values("window thin " + style, "p90", ninety);
  }
}
