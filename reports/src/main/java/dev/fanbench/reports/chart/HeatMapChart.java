package dev.fanbench.reports.chart;

import dev.fanbench.measurement.run.LatencyMap;
import dev.fanbench.reports.markup.Markup;
import dev.fanbench.reports.model.Timeline;
import java.util.List;
import java.util.stream.IntStream;

/**
 * The response times of one run by time and latency. A cell is the darker, the larger its share of
 * the samples of its column.
 *
 * @param timelines those of all runs, which have equal axes
 * @param shown the one to draw
 */
public record HeatMapChart(List<Timeline> timelines, Timeline shown) {

  /** Pixels of a row. */
  private static final int ROW = 6;

  /** The least share of each shade, darkest first. */
  private static final double[] SHARES = {0.25, 0.1, 0.03, 0};

  /** The drawing; nothing when no response times are known by time. */
  public Markup toMarkup() {
    int low = rows().min().orElse(0);
    int high = rows().max().orElse(-1) + 1;
    if (shown.latencies().isEmpty()) {
      return Markup.EMPTY;
    }
    String name = shown.entry().nameWithLabels();
    TimeFrame time =
        TimeFrame.of(timelines, ROW * (high - low), false, name + ": response times by the second");
    Axis y =
        Axis.between(
            LatencyMap.fromNanos(low),
            LatencyMap.fromNanos(high),
            AxisUnit.NANOS,
            time.frame().bottom(),
            time.frame().top());
    time.frame().drawRows(time.svg(), y, name + ": response times, logarithmic");
    time.svg().of(shown.entry(), () -> drawCells(time, low, high));
    return time.svg().interactive(time.x(), y).toMarkup();
  }

  private IntStream rows() {
    return timelines.stream()
        .flatMap(t -> t.latencies().stream())
        .flatMap(c -> c.counts().keySet().stream())
        .mapToInt(Integer::intValue);
  }

  private void drawCells(TimeFrame time, int low, int high) {
    for (int shade = 0; shade < SHARES.length; shade++) {
      ValuePath cells = ValuePath.ofRows(time.lastSecond(), high - low);
      for (LatencyMap.Column column : shown.latencies()) {
        addCells(cells, column, shade, time, low);
      }
      time.svg().cells("cells heat" + shade + " " + RunStyle.style(shown.entry()), cells);
    }
  }

  /** Adds the cells of a shade as level strokes, as wide as a row, along its middle. */
  private void addCells(
      ValuePath cells, LatencyMap.Column column, int shade, TimeFrame time, int low) {
    double from = shown.secondsTo(column.startNanos());
    double to = Math.min(time.lastSecond(), shown.secondsTo(column.endNanos()));
    double total = (double) column.total();
    column
        .counts()
        .forEach(
            (row, count) -> {
              if (to > from && shade(count / total) == shade) {
                cells.level(from, to, 2.0 * (row - low) + 1);
              }
            });
  }

  private static int shade(double share) {
    int shade = 0;
    while (share < SHARES[shade]) {
      shade++;
    }
    return shade;
  }
}
