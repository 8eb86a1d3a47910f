package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.RankTrend;
import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.target.TargetCounter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A target's memory over phases that offered the same, each with fresh connections: what stays
 * behind of one piles up in the next.
 *
 * @param entry the run
 * @param points in the order of the phases
 */
public record MemoryTrend(ReportedRun entry, List<Point> points) {

  /** Equal phases it takes before anything is said of a trend. */
  static final int LEAST_POINTS = 5;

  private static final double NANOS_PER_MINUTE = 60e9;

  /**
   * Memory at the end of a phase.
   *
   * @param phase its name
   * @param minutes since the end of the first
   * @param heapBytes in use, garbage included
   * @param directBytes in use outside the heap; NaN when the target does not say
   */
  public record Point(String phase, double minutes, double heapBytes, double directBytes) {}

  public MemoryTrend {
    points = List.copyOf(points);
  }

  static List<MemoryTrend> of(List<ReportedRun> entries) {
    return entries.stream().filter(e -> !e.reference()).flatMap(e -> of(e).stream()).toList();
  }

  /** The longest series of phases that differ in nothing but their names. */
  private static Optional<MemoryTrend> of(ReportedRun entry) {
    Map<Phase, List<PhaseResult>> equal = new LinkedHashMap<>();
    for (PhaseResult result : entry.run().measured()) {
      if (result.target() != null
          && result.target().counters().containsKey(TargetCounter.HEAP_USED.key())) {
        equal.computeIfAbsent(result.phase().named("any"), any -> new ArrayList<>()).add(result);
      }
    }
    return equal.values().stream()
        .filter(results -> results.size() >= LEAST_POINTS)
        .max(Comparator.comparingInt(List::size))
        .map(results -> new MemoryTrend(entry, points(results)));
  }

  private static List<Point> points(List<PhaseResult> results) {
    long first = results.get(0).endNanos();
    return results.stream()
        .map(
            result ->
                new Point(
                    result.phase().name(),
                    (result.endNanos() - first) / NANOS_PER_MINUTE,
                    result.target().counters().get(TargetCounter.HEAP_USED.key()),
                    result
                        .target()
                        .counters()
                        .getOrDefault(TargetCounter.DIRECT_USED.key(), Double.NaN)))
        .toList();
  }

  /** True when the heap grows for certain; garbage comes and goes. */
  public boolean grows() {
    return RankTrend.rises(points.stream().mapToDouble(Point::heapBytes).toArray());
  }

  /** The heap after the first phase and after the last: {@code 100 MB and 210 MB}. */
  String ends() {
    return UnitFormat.bytes(points.get(0).heapBytes())
        + " and "
        + UnitFormat.bytes(points.get(points.size() - 1).heapBytes());
  }

  /** The trend in one sentence. */
  public String sentence() {
    Point first = points.get(0);
    Point last = points.get(points.size() - 1);
    String span =
        "%s: %s of heap after the first of %d equal phases, %s after the last, %s minutes later: "
            .formatted(
                entry.name(),
                UnitFormat.bytes(first.heapBytes()),
                points.size(),
                UnitFormat.bytes(last.heapBytes()),
                UnitFormat.mean(last.minutes()));
    return span
        + (grows()
            ? "it grows, about "
                + UnitFormat.bytes((last.heapBytes() - first.heapBytes()) / last.minutes())
                + " a minute."
            : "no growth that garbage does not explain.");
  }
}
