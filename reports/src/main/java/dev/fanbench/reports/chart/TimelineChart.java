package dev.fanbench.reports.chart;

import dev.fanbench.measurement.run.PercentileValue;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.Timeline;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Every publication of a phase as it went by, p50 and p90 of its stretches, and the load's own
 * stalls beneath.
 *
 * @param timelines one for each run
 */
public record TimelineChart(List<Timeline> timelines) {

  private static final int WIDTH = 960;
  private static final int HEIGHT = 276;
  private static final int LOWER_HEIGHT = 116;
  private static final int BELOW = 46;
  private static final double BAR = 3;
  private static final int MOST_DOTS = 1_500;

  /** The drawings, one below the other on equal axes of time. */
  public Markup toMarkup() {
    return Markup.join(publications(), hiccups());
  }

  private static ChartFrame frame(int height) {
    return new ChartFrame(62, WIDTH - 14.0, 10, height - (double) BELOW);
  }

  private Markup publications() {
    ChartFrame frame = frame(HEIGHT);
    Svg svg = Svg.fluid(WIDTH, HEIGHT, "Time to last delivery while the phase went by", frame);
    Axis x = Axis.fromZero(lastSecond(), AxisUnit.SECONDS, frame.left(), frame.right());
    Axis y = Axis.fromZero(top(), AxisUnit.NANOS, frame.bottom(), frame.top());
    frame.drawRows(
        svg, y, "time to last delivery (dots: publications; lines: p50 thick, p90 thin)");
    frame.drawColumns(svg, x, "time since the phase began");
    timelines.forEach(t -> svg.of(t.entry(), () -> drawDots(svg, frame, t, x, y)));
    timelines.forEach(t -> svg.of(t.entry(), () -> drawWindows(svg, frame, t, x, y)));
    return svg.interactive(x, y).toMarkup();
  }

  private static ValuePath values(ChartFrame frame, Axis x, Axis y) {
    return new ValuePath(x.valueAt(frame.right()), y.valueAt(frame.top()));
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

  /** At most one dot in each cell of a grid that is as fine as the page's size allows. */
  private static void drawDots(Svg svg, ChartFrame frame, Timeline timeline, Axis x, Axis y) {
    for (double cell = 0.5; ; cell *= 2) {
      ValuePath path = values(frame, x, y);
      Set<Long> taken = new HashSet<>();
      double size = cell;
      timeline
          .dots()
          .forEachOrdered(
              dot -> {
                long column = Math.round(x.at(dot.seconds()) / size);
                long row = Math.round(y.at(dot.nanos()) / size);
                if (taken.add(column << 20 | row)) {
                  path.dot(dot.seconds(), (double) dot.nanos());
                }
              });
      if (taken.size() <= MOST_DOTS) {
        svg.values("dots " + RunStyle.style(timeline.entry()), "publication", path);
        return;
      }
    }
  }

  private static void drawWindows(Svg svg, ChartFrame frame, Timeline timeline, Axis x, Axis y) {
    ValuePath half = values(frame, x, y);
    ValuePath ninety = values(frame, x, y);
    for (Timeline.Window window : timeline.windows()) {
      if (window.p50() instanceof PercentileValue.Time time) {
        half.level(window.fromSeconds(), window.toSeconds(), (double) time.nanos());
      }
      if (window.p90() instanceof PercentileValue.Time time) {
        ninety.level(window.fromSeconds(), window.toSeconds(), (double) time.nanos());
      }
    }
    svg.values("window " + RunStyle.style(timeline.entry()), "p50", half);
    svg.values("window thin " + RunStyle.style(timeline.entry()), "p90", ninety);
  }

  private Markup hiccups() {
    ChartFrame frame = frame(LOWER_HEIGHT);
    Svg svg = Svg.fluid(WIDTH, LOWER_HEIGHT, "The load’s own worst hiccup in each second", frame);
    double worst =
        timelines.stream()
            .flatMap(t -> t.hiccups().stream())
            .mapToDouble(Timeline.Hiccup::nanos)
            .max()
            .orElse(1);
    Axis x = Axis.fromZero(lastSecond(), AxisUnit.SECONDS, frame.left(), frame.right());
    Axis y = Axis.fromZero(worst, AxisUnit.NANOS, frame.bottom(), frame.top());
    frame.drawEnds(svg, y, "the load’s own worst hiccup in each second");
    frame.drawColumns(svg, x, "time since the phase began");
    for (int i = 0; i < timelines.size(); i++) {
      Timeline timeline = timelines.get(i);
      double aside = i * BAR;
      svg.of(timeline.entry(), () -> drawHiccups(svg, frame, timeline, aside, x, y));
    }
    return svg.interactive(x, y).toMarkup();
  }

  /** Draws bars; those of each run stand a little aside, so that all stay visible. */
  private void drawHiccups(
      Svg svg, ChartFrame frame, Timeline timeline, double aside, Axis x, Axis y) {
    ValuePath bars = values(frame, x, y);
    timeline.hiccups().stream()
        .filter(h -> h.seconds() <= lastSecond())
        .forEach(h -> bars.bar(h.seconds(), (double) h.nanos()));
    svg.values("hiccup " + RunStyle.style(timeline.entry()), "hiccup", aside, bars);
  }
}
