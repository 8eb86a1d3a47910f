package dev.fanbench.reports.chart;

import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.Timeline;
import java.util.List;

/**
 * The load's own worst stall in each second of a phase.
 *
 * @param timelines one for each run
 */
public record HiccupChart(List<Timeline> timelines) {

  private static final int PLOT = 60;
  private static final double BAR = 3;

  /** The drawing. */
  public Markup toMarkup() {
    TimeFrame time =
        TimeFrame.of(timelines, PLOT, false, "The load’s own worst hiccup in each second");
    double worst =
        timelines.stream()
            .flatMap(t -> t.hiccups().stream())
            .mapToDouble(Timeline.Hiccup::nanos)
            .max()
            .orElse(1);
    Axis y = time.y(worst, AxisUnit.NANOS);
    time.frame().drawEnds(time.svg(), y, "the load’s own worst hiccup in each second");
    for (int i = 0; i < timelines.size(); i++) {
      Timeline timeline = timelines.get(i);
      double aside = i * BAR;
      time.svg().of(timeline.entry(), () -> draw(time, timeline, aside, y));
    }
    return time.svg().interactive(time.x(), y).toMarkup();
  }

  /** Draws bars; those of each run stand a little aside, so that all stay visible. */
  private static void draw(TimeFrame time, Timeline timeline, double aside, Axis y) {
    ValuePath bars = time.values(y);
    timeline.hiccups().stream()
        .filter(h -> time.holds(h.seconds()))
        .forEach(h -> bars.bar(h.seconds(), (double) h.nanos()));
    time.svg().values("hiccup " + RunStyle.style(timeline.entry()), "hiccup", aside, bars);
  }
}
