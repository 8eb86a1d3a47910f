package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.target.TargetCounter;
import java.util.ArrayList;
import java.util.Arrays;
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

  /** The probability of so many rising pairs by chance, below which the heap grows. */
  private static final double CHANCE = 0.01;

  /** Up to so many points all orders are counted; above, their number is normal enough. */
  private static final int COUNTED_POINTS = 30;

  /** Quantile of the normal distribution beyond which {@link #CHANCE} lies. */
  private static final double SURE = 2.326;

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

  /**
   * True when the heap grows by the test of Mann and Kendall: of all pairs of points, how many more
   * rise than fall. The test needs no straight line, and tolerates garbage that comes and goes.
   */
  public boolean grows() {
    int rising = 0;
    int n = points.size();
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        rising += (int) Math.signum(points.get(j).heapBytes() - points.get(i).heapBytes());
      }
    }
    if (n <= COUNTED_POINTS) {
      return byChance(n, (n * (n - 1) / 2 - rising) / 2) < CHANCE;
    }
    double spread = Math.sqrt(n * (n - 1.0) * (2.0 * n + 5) / 18);
    return (rising - 1) / spread > SURE;
  }

  /** The share of all orders of {@code n} points that have at most so many falling pairs. */
  static double byChance(int n, int falling) {
    double[] shares = {1};
    for (int points = 2; points <= n; points++) {
      // The next point falls behind none to all of those before it, each equally often.
      double[] more = new double[shares.length + points - 1];
      for (int pairs = 0; pairs < more.length; pairs++) {
        for (int behind = 0; behind < points; behind++) {
          boolean possible = pairs >= behind && pairs - behind < shares.length;
          more[pairs] += possible ? shares[pairs - behind] / points : 0;
        }
      }
      shares = more;
    }
    return Arrays.stream(shares).limit(falling + 1L).sum();
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
