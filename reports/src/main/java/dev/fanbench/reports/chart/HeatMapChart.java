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
      for (int row = low; row < high; row++) {
        addRow(cells, row, shade, time, low);
      }
      time.svg().cells("cells heat" + shade + " " + RunStyle.style(shown.entry()), cells);
    }
  }

  /**
   * Adds the cells of a row that have a shade: as level strokes, as wide as the row, along its
   * middle. Neighbours of one shade are one stroke.
   */
  private void addRow(ValuePath cells, int row, int shade, TimeFrame time, int low) {
    List<LatencyMap.Column> columns = shown.latencies();
    int i = 0;
    while (i < columns.size()) {
      int end = i;
      while (end < columns.size()
          && hasShade(columns.get(end), row, shade)
          && (end == i || adjoin(columns.get(end - 1), columns.get(end)))) {
        end++;
      }
      if (end > i) {
        double from = shown.secondsTo(columns.get(i).startNanos());
        double to = Math.min(time.lastSecond(), shown.secondsTo(columns.get(end - 1).endNanos()));
        if (to > from) {
          cells.level(from, to, 2.0 * (row - low) + 1);
        }
      }
      i = Math.max(end, i + 1);
    }
  }

  private static boolean adjoin(LatencyMap.Column one, LatencyMap.Column next) {
    return next.startNanos() == one.endNanos();
  }

  private static boolean hasShade(LatencyMap.Column column, int row, int shade) {
    Long count = column.counts().get(row);
    return count != null && shade((double) count / (double) column.total()) == shade;
  }

  private static int shade(double share) {
    int shade = 0;
    while (share < SHARES[shade]) {
      shade++;
    }
    return shade;
  }
}
