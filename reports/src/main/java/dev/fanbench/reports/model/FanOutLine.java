package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.PercentileValue;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.Stream;

/**
 * Time to last delivery against fan-out, for one run. With several payload sizes it is of the
 * first.
 *
 * @param entry the run
 * @param points by ascending fan-out
 * @param fit the law of the p50, from three sizes on
 */
public record FanOutLine(ReportedRun entry, List<Point> points, Optional<Fit> fit) {

  /** One fan-out size and its times to last delivery. */
  public record Point(int fanOut, Distribution times) {

    /** Half of the publications reached everyone within this. */
    public PercentileValue p50() {
      return times.at(Percentile.P50);
    }

    /** Nine of ten did. */
    public PercentileValue p90() {
      return times.at(Percentile.P90);
    }

    /** Time of the fastest publication; empty when none reached all subscribers. */
    public Optional<Long> fastestNanos() {
      return times.curve().stream().findFirst().map(Distribution.Point::nanos);
    }
  }

  static List<FanOutLine> of(List<ReportedRun> entries, List<PhaseComparison> phases) {
    OptionalInt payloadBytes =
        phases.stream()
            .map(PhaseComparison::phase)
            .filter(phase -> phase.kind() == PhaseKind.FANOUT)
            .mapToInt(Phase::payloadBytes)
            .findFirst();
    List<FanOutLine> lines = new ArrayList<>();
    for (ReportedRun entry : entries) {
      List<Point> points =
          phases.stream()
              .filter(p -> p.phase().kind() == PhaseKind.FANOUT)
              .filter(p -> p.phase().undisturbed())
              .filter(p -> p.phase().payloadBytes() == payloadBytes.orElseThrow())
              .flatMap(p -> point(p, entry).stream())
              .sorted(Comparator.comparingInt(Point::fanOut))
              .toList();
      if (!points.isEmpty()) {
        lines.add(new FanOutLine(entry, points, fit(points)));
      }
    }
    return lines;
  }

  private static Optional<Point> point(PhaseComparison phase, ReportedRun entry) {
    return phase
        .row(Series.LAST_DELIVERY, entry)
        .map(PhaseComparison.Row::distribution)
        .map(times -> new Point(phase.phase().fanOut(), times));
  }

  private static Optional<Fit> fit(List<Point> points) {
    return Fit.of(
        points.stream()
            .flatMap(
                p ->
                    p.p50() instanceof PercentileValue.Time time
                        ? Stream.of(new Fit.Point(p.fanOut(), time.nanos()))
                        : Stream.empty())
            .toList());
  }

  /** True when the line has more than one fan-out size. */
  public boolean grows() {
    return points.stream().mapToInt(Point::fanOut).distinct().count() > 1;
  }

  /** The law in words, with its residual; empty below three sizes. */
  public Optional<String> law() {
    return fit.map(f -> entry.name() + ": " + f.text());
  }
}
