package dev.fanbench.reports.chart;

import dev.fanbench.measurement.run.PercentileValue;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.Timeline;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Every publication of a phase as it went by, p50 and p90 of its stretches, and the load's own
 * stalls beneath.
 *
 * @param timelines one for each run
 * @param width of the drawing: the page holds a wide and a narrow one
 */
public record TimelineChart(List<Timeline> timelines, int width) {

  private static final int HEIGHT = 430;
  private static final int MOST_DOTS = 1_500;

  /** The drawing. */
  public Markup toMarkup() {
    Svg svg = new Svg(width, HEIGHT, "Time to last delivery while the phase went by");
    ChartFrame upper = new ChartFrame(62, width - 14.0, 34, 270);
    ChartFrame lower = new ChartFrame(62, width - 14.0, 316, HEIGHT - 46.0);
    Axis x = Axis.fromZero(lastSecond(), AxisUnit.SECONDS, upper.left() + 6, upper.right());
    Axis y = Axis.fromZero(top(), AxisUnit.NANOS, upper.bottom(), upper.top());
    upper.drawRows(svg, y, "dots: publications; lines: p50 (thick), p90 (thin)");
    timelines.forEach(t -> drawDots(svg, t, x, y));
    timelines.forEach(t -> drawWindows(svg, t, x, y));
    drawHiccups(svg, lower, x);
    return svg.toMarkup();
  }

  private double lastSecond() {
    return timelines.stream()
        .flatMap(Timeline::dots)
        .mapToDouble(Timeline.Dot::seconds)
        .max()
        .orElse(1);
  }

  private double top() {
    return timelines.stream()
        .flatMap(Timeline::dots)
        .mapToDouble(Timeline.Dot::nanos)
        .max()
        .orElse(1);
  }

  /** Dots on a grid that is as fine as the page's size allows; a dot may hold several. */
  private static void drawDots(Svg svg, Timeline timeline, Axis x, Axis y) {
    for (double cell = 0.5; ; cell *= 2) {
      SvgPath path = new SvgPath();
      Set<Long> taken = new HashSet<>();
      double size = cell;
      timeline
          .dots()
          .forEachOrdered(
              dot -> {
                long column = Math.round(x.at(dot.seconds()) / size);
                long row = Math.round(y.at(dot.nanos()) / size);
                if (taken.add(column << 20 | row)) {
                  path.dot(column * size, row * size);
                }
              });
      if (taken.size() <= MOST_DOTS) {
        svg.path("dots " + RunStyle.style(timeline.entry()), path);
        return;
      }
    }
  }

  private static void drawWindows(Svg svg, Timeline timeline, Axis x, Axis y) {
    SvgPath half = new SvgPath();
    SvgPath ninety = new SvgPath();
    for (Timeline.Window window : timeline.windows()) {
      double from = x.at(window.fromSeconds());
      double to = x.at(window.toSeconds());
      if (window.p50() instanceof PercentileValue.Time time) {
        half.move(from, y.at(time.nanos())).line(to, y.at(time.nanos()));
      }
      if (window.p90() instanceof PercentileValue.Time time) {
        ninety.move(from, y.at(time.nanos())).line(to, y.at(time.nanos()));
      }
    }
    svg.path("window " + RunStyle.style(timeline.entry()), half);
    svg.path("window thin " + RunStyle.style(timeline.entry()), ninety);
  }

  private void drawHiccups(Svg svg, ChartFrame lower, Axis x) {
    double worst =
        timelines.stream()
            .flatMap(t -> t.hiccups().stream())
            .mapToDouble(Timeline.Hiccup::nanos)
            .max()
            .orElse(1);
    Axis y = Axis.fromZero(worst, AxisUnit.NANOS, lower.bottom(), lower.top());
    svg.line("grid", lower.left(), lower.top(), lower.right(), lower.top());
    lower.drawColumns(svg, x, "time since the phase began");
    Stream.of(0, y.ticks().size() - 1)
        .map(y.ticks()::get)
        .forEach(t -> svg.text("tick end", lower.left() - 7, t.at() + 4, t.label()));
    svg.text("axis", 0, lower.top() - 12, "the load's own worst hiccup in each second");
    double offset = 0;
    for (Timeline timeline : timelines) {
      SvgPath bars = new SvgPath();
      for (Timeline.Hiccup hiccup : timeline.hiccups()) {
        double at = x.at(hiccup.seconds()) + offset;
        if (hiccup.seconds() <= lastSecond()) {
          bars.move(at, y.at(0)).line(at, y.at(hiccup.nanos()));
        }
      }
      svg.path("hiccup " + RunStyle.style(timeline.entry()), bars);
      offset += 4;
    }
  }
}
