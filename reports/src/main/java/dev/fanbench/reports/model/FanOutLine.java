package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.Quoted;
import dev.fanbench.measurement.run.Rank;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.workload.PhaseKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Time to last delivery against fan-out, for one run.
 *
 * @param entry the run
 * @param points by ascending fan-out
 * @param fit the law of the p50, from three sizes on
 */
public record FanOutLine(Entry entry, List<Point> points, Optional<Fit> fit) {

  /** One fan-out size and its times to last delivery. */
  public record Point(int fanOut, Distribution times) {

    /** Half of the publications reached everyone within this. */
    public Quoted p50() {
      return times.at(Rank.P50);
    }

    /** Nine of ten did. */
    public Quoted p90() {
      return times.at(Rank.P90);
    }

    /** What the fastest publication took; empty when none reached everyone. */
    public Optional<Long> fastestNanos() {
      return times.curve().stream().findFirst().map(Distribution.Point::nanos);
    }
  }

  static List<FanOutLine> of(List<Entry> entries, List<PhaseComparison> phases) {
    List<FanOutLine> lines = new ArrayList<>();
    for (Entry entry : entries) {
      List<Point> points =
          phases.stream()
              .filter(p -> p.phase().kind() == PhaseKind.FANOUT)
              .filter(p -> p.phase().undisturbed())
              .flatMap(p -> point(p, entry).stream())
              .sorted(Comparator.comparingInt(Point::fanOut))
              .toList();
      if (!points.isEmpty()) {
        lines.add(new FanOutLine(entry, points, fit(points)));
      }
    }
    return lines;
  }

  private static Optional<Point> point(PhaseComparison phase, Entry entry) {
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
                    p.p50() instanceof Quoted.Time time
                        ? Stream.of(new Fit.Point(p.fanOut(), time.nanos()))
                        : Stream.empty())
            .toList());
  }

  /** Whether it says anything of growth; one size at several rates, or in parts, does not. */
  public boolean grows() {
    return points.stream().mapToInt(Point::fanOut).distinct().count() > 1;
  }

  /** The law in words, with its residual; empty below three sizes. */
  public Optional<String> law() {
    return fit.map(f -> entry.name() + ": " + f.text());
  }
}
