package dev.fanbench.measurement.run;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * Counts of the samples of one series by time and by latency: a column for each interval, six rows
 * for each power of ten. Neighbouring columns are added up when there are too many, so that its
 * size does not grow with the length of a run. Not thread-safe while it is filled.
 */
public final class LatencyMap {

  /** Rows for each power of ten: the next row's latencies are 1.47 times as long. */
  public static final int ROWS_PER_DECADE = 6;

  private static final int MOST_COLUMNS = 120;

  private final List<Column> columns = new ArrayList<>();

  /** Intervals that a full column stands for. */
  private int together = 1;

  /** Intervals that the newest column stands for. */
  private int inLast;

  /**
   * The samples between two moments.
   *
   * @param startNanos since the run's epoch
   * @param endNanos since the run's epoch
   * @param counts by row; see {@link #fromNanos(int)}
   */
  public record Column(long startNanos, long endNanos, SortedMap<Integer, Long> counts) {

    /** All samples of the column. */
    public long total() {
      return counts.values().stream().mapToLong(Long::longValue).sum();
    }

    private Column plus(Column next) {
      SortedMap<Integer, Long> sums = new TreeMap<>(counts);
      next.counts.forEach((row, count) -> sums.merge(row, count, Long::sum));
      return new Column(startNanos, next.endNanos, sums);
    }
  }

  /** Adds the samples of one interval; intervals come in the order of time. */
  void add(long startNanos, long endNanos, Histogram histogram) {
    SortedMap<Integer, Long> counts = new TreeMap<>();
    for (HistogramIterationValue value : histogram.recordedValues()) {
      counts.merge(row(value.getValueIteratedTo()), value.getCountAtValueIteratedTo(), Long::sum);
    }
    Column column = new Column(startNanos, endNanos, counts);
    if (columns.isEmpty() || inLast == together) {
      columns.add(column);
      inLast = 1;
    } else {
      int last = columns.size() - 1;
      columns.set(last, columns.get(last).plus(column));
      inLast++;
    }
    if (columns.size() > MOST_COLUMNS) {
      halve();
    }
  }

  /** Adds up pairs; the newest column has no partner yet and takes the intervals to come. */
  private void halve() {
    List<Column> pairs = new ArrayList<>();
    for (int i = 0; i + 1 < columns.size(); i += 2) {
      pairs.add(columns.get(i).plus(columns.get(i + 1)));
    }
    pairs.add(columns.get(columns.size() - 1));
    columns.clear();
    columns.addAll(pairs);
    together *= 2;
  }

  /** Columns that have samples, in the order of time, at most 120. */
  public List<Column> columns() {
    return columns.stream().filter(column -> !column.counts().isEmpty()).toList();
  }

  /** The row of a latency. */
  public static int row(long nanos) {
    return (int) Math.floor(ROWS_PER_DECADE * Math.log10((double) Math.max(1, nanos)));
  }

  /** The shortest latency of a row. */
  public static double fromNanos(int row) {
    return Math.pow(10, (double) row / ROWS_PER_DECADE);
  }
}
