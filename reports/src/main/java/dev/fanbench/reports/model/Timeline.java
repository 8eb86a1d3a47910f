package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.Arrival;
import dev.fanbench.measurement.run.BlockResult;
import dev.fanbench.measurement.run.LatencyMap;
import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.PercentileTable;
import dev.fanbench.measurement.run.PercentileValue;
import dev.fanbench.measurement.run.RecordedInterval;
import dev.fanbench.measurement.run.RecordedPhase;
import dev.fanbench.measurement.run.RecordedSeries;
import dev.fanbench.measurement.run.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;

/**
 * One phase of one run as it went by.
 *
 * @param entry the run
 * @param arrivals its publications or round trips that were due, in order
 * @param undelivered those that did not arrive everywhere
 * @param windows p50 and p90 of stretches long enough to have them
 * @param hiccups the load's own worst stall in each interval, about a second; in a long phase of
 *     several intervals
 * @param latencies response times by time and latency
 * @param blocks what was measured block by block
 */
public record Timeline(
    ReportedRun entry,
    List<Arrival> arrivals,
    long undelivered,
    List<Window> windows,
    List<Hiccup> hiccups,
    List<LatencyMap.Column> latencies,
    List<BlockResult> blocks) {

  /**
   * One publication: its intended time since the phase began, and the time to its last delivery.
   */
  public record Dot(double seconds, long nanos) {}

  /** Percentiles of the publications intended within a stretch of time. */
  public record Window(
      double fromSeconds, double toSeconds, PercentileValue p50, PercentileValue p90) {}

  /** The worst stall of the load within an interval, or several in a long phase. */
  public record Hiccup(double seconds, long nanos) {}

  private static final int MOST_WINDOWS = 60;

  /** More bars than pixels say no more. */
  private static final int MOST_HICCUPS = 600;

  private static final int SIGNIFICANT_DIGITS = 3;

  /**
   * The phase as it went by; empty when its arrivals were not kept. Those of blocks that never
   * began, in a run that was cut short, have no place in time.
   */
  static Optional<Timeline> of(ReportedRun entry, RecordedPhase phase) {
    List<Arrival> arrivals = due(phase.arrivals());
    if (arrivals.isEmpty()) {
      return Optional.empty();
    }
    long start = arrivals.get(0).intendedAtNanos();
    long complete = arrivals.stream().filter(Timeline::complete).count();
    return Optional.of(
        new Timeline(
            entry,
            arrivals,
            arrivals.size() - complete,
            windows(arrivals, start),
            hiccups(phase, start),
            phase.latencies().columns(),
            phase.result().blocks()));
  }

  private static List<Arrival> due(List<Arrival> all) {
    return all.stream().allMatch(Timeline::due) ? all : all.stream().filter(Timeline::due).toList();
  }

  private static boolean due(Arrival arrival) {
    return arrival.intendedAtNanos() != Arrival.NEVER;
  }

  /** Every publication (or round trip) that arrived everywhere. */
  public Stream<Dot> dots() {
    long start = arrivals.get(0).intendedAtNanos();
    return arrivals.stream()
        .filter(Timeline::complete)
        .map(a -> new Dot(seconds(a.intendedAtNanos() - start), lastDelivery(a)));
  }

  /** Seconds from the first publication to a moment of the run; never negative. */
  public double secondsTo(long atNanos) {
    return Math.max(0, seconds(atNanos - arrivals.get(0).intendedAtNanos()));
  }

  private static boolean complete(Arrival arrival) {
    return arrival.missing() == 0 && arrival.lastAtNanos() != Arrival.NEVER;
  }

  private static long lastDelivery(Arrival arrival) {
    return arrival.lastAtNanos() - arrival.intendedAtNanos();
  }

  private static List<Window> windows(List<Arrival> arrivals, long start) {
    int least = (int) Percentile.P50.samplesNeeded();
    int size = Math.max(least, (arrivals.size() + MOST_WINDOWS - 1) / MOST_WINDOWS);
    List<Window> windows = new ArrayList<>();
    for (int from = 0; from + size <= arrivals.size(); from += size) {
      windows.add(window(arrivals.subList(from, from + size), start));
    }
    return windows;
  }

  private static Window window(List<Arrival> arrivals, long start) {
    Histogram values = new Histogram(SIGNIFICANT_DIGITS);
    arrivals.stream().filter(Timeline::complete).forEach(a -> values.recordValue(lastDelivery(a)));
    long undelivered = arrivals.size() - values.getTotalCount();
    PercentileTable percentiles = PercentileTable.of(values, undelivered, arrivals.size());
    return new Window(
        seconds(arrivals.get(0).intendedAtNanos() - start),
        seconds(arrivals.get(arrivals.size() - 1).intendedAtNanos() - start),
        percentiles.at(Percentile.P50),
        percentiles.at(Percentile.P90));
  }

  private static List<Hiccup> hiccups(RecordedPhase phase, long start) {
    List<RecordedInterval> all =
        phase.series(Series.HICCUP).map(RecordedSeries::intervals).orElse(List.of());
    int together = (all.size() + MOST_HICCUPS - 1) / MOST_HICCUPS;
    List<Hiccup> hiccups = new ArrayList<>();
    for (int from = 0; from < all.size(); from += together) {
      hiccups.add(worst(all.subList(from, Math.min(all.size(), from + together)), start));
    }
    return hiccups;
  }

  private static Hiccup worst(List<RecordedInterval> intervals, long start) {
    return new Hiccup(
        Math.max(0, seconds(intervals.get(0).startNanos() - start)),
        intervals.stream().mapToLong(RecordedInterval::maxNanos).max().orElseThrow());
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }
}
