package dev.fanbench.reports.chart;

import dev.fanbench.measurement.run.BlockResult;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.BlockMeasure;
import dev.fanbench.reports.model.Timeline;
import java.util.List;
import java.util.OptionalDouble;

/**
 * One measure of the targets, block by block, while a phase went by.
 *
 * @param timelines one for each run
 * @param measure what is drawn
 */
public record BlockChart(List<Timeline> timelines, BlockMeasure measure) {

  private static final int PLOT = 80;

  /** The drawing; nothing when no run has the measure, or all have zero of it. */
  public Markup toMarkup() {
    double top =
        timelines.stream()
            .flatMap(t -> t.blocks().stream())
            .flatMap(b -> measure.of(b).stream().boxed())
            .mapToDouble(Double::doubleValue)
            .max()
            .orElse(0);
    if (top <= 0) {
      return Markup.EMPTY;
    }
    TimeFrame time = TimeFrame.of(timelines, PLOT, false, measure.words());
    Axis y = time.y(top, unit());
    time.frame().drawEnds(time.svg(), y, measure.words());
    timelines.forEach(t -> time.svg().of(t.entry(), () -> draw(time, t, y)));
    return time.svg().interactive(time.x(), y).toMarkup();
  }

  private AxisUnit unit() {
    return switch (measure) {
      case DELIVERIES -> AxisUnit.PER_SECOND;
      case CPU -> AxisUnit.CORES;
      case MEMORY -> AxisUnit.BYTES;
      case COLLECTION -> AxisUnit.SHARE;
    };
  }

  private void draw(TimeFrame time, Timeline timeline, Axis y) {
    ValuePath levels = time.values(y);
    for (BlockResult block : timeline.blocks()) {
      OptionalDouble value = measure.of(block);
      double from = timeline.secondsTo(block.startNanos());
      double to = Math.min(time.lastSecond(), timeline.secondsTo(block.endNanos()));
      if (value.isPresent() && to > from) {
        levels.level(from, to, value.getAsDouble());
      }
    }
    time.svg().values("window " + RunStyle.style(timeline.entry()), measure.brief(), levels);
  }
}
