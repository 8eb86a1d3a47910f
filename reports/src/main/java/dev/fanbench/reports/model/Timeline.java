package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.Arrival;
import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.PercentileTable;
import dev.fanbench.measurement.run.PercentileValue;
import dev.fanbench.measurement.run.RecordedPhase;
import dev.fanbench.measurement.run.RecordedSeries;
import dev.fanbench.measurement.run.Series;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * One phase of one run as it went by.
 *
 * @param entry the run
 * @param dots every publication (or round trip) that arrived everywhere
 * @param undelivered those that did not
 * @param windows p50 and p90 of stretches long enough to have them
 * @param hiccups the load's own worst stall in each interval, about a second
 */
public record Timeline(
    ReportedRun entry,
    List<Dot> dots,
    long undelivered,
    List<Window> windows,
    List<Hiccup> hiccups) {

  /**
   * One publication: its intended time since the phase began, and the time to its last delivery.
   */
  public record Dot(double seconds, long nanos) {}

  /** Percentiles of the publications intended within a stretch of time. */
  public record Window(
      double fromSeconds, double toSeconds, PercentileValue p50, PercentileValue p90) {}

  /** The worst stall of the load within an interval. */
  public record Hiccup(double seconds, long nanos) {}

  private static final int MOST_WINDOWS = 60;
  private static final int SIGNIFICANT_DIGITS = 3;

  /** The phase as it went by; empty when its arrivals were not kept. */
  static Optional<Timeline> of(ReportedRun entry, RecordedPhase phase) {
    List<Arrival> arrivals = phase.arrivals();
    if (arrivals.isEmpty()) {
      return Optional.empty();
    }
    long start = arrivals.get(0).intendedAtNanos();
    List<Dot> dots =
        arrivals.stream()
            .filter(Timeline::complete)
            .map(a -> new Dot(seconds(a.intendedAtNanos() - start), lastDelivery(a)))
            .toList();
    return Optional.of(
        new Timeline(
            entry,
            dots,
            arrivals.size() - dots.size(),
            windows(arrivals, start),
            hiccups(phase, start)));
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
    return phase.series(Series.HICCUP).map(RecordedSeries::intervals).orElse(List.of()).stream()
        .map(
            i ->
                new Hiccup(
                    Math.max(0, seconds(i.startNanos() - start)), i.histogram().getMaxValue()))
        .toList();
  }

  private static double seconds(long nanos) {
    return nanos / 1e9;
  }
}
