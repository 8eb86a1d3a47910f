package dev.fanbench.measurement.search;

import dev.fanbench.measurement.run.Arrival;
import dev.fanbench.measurement.run.RankTrend;
import dev.fanbench.measurement.run.RecordedPhase;
import dev.fanbench.measurement.run.UnitFormat;
import java.util.List;
import java.util.Optional;

/**
 * Tells whether a target falls behind its load. A load over its limit is met for a while, as long
 * as the backlog is short; so a threshold alone would call it sustained.
 */
final class BacklogGrowth {
  /** Parts of a phase whose medians are compared. */
  private static final int PARTS = 10;

  /** A median of fewer arrivals is chance. */
  private static final int FEWEST_ARRIVALS = 5;

  /** A smaller growth may be the machine's. */
  private static final double LEAST_GROWTH = 2;

  private BacklogGrowth() {}

  /** One clause for a phase whose times to last delivery grow from part to part; else empty. */
  static Optional<String> in(RecordedPhase phase) {
    List<Arrival> arrivals = phase.arrivals();
    if (arrivals.size() < PARTS * FEWEST_ARRIVALS) {
      return Optional.empty();
    }
    double[] medians = new double[PARTS];
    for (int part = 0; part < PARTS; part++) {
      int from = part * arrivals.size() / PARTS;
      medians[part] = median(arrivals.subList(from, (part + 1) * arrivals.size() / PARTS));
    }
    double first = medians[0];
    double last = medians[PARTS - 1];
    return RankTrend.rises(medians) && last >= LEAST_GROWTH * first
        ? Optional.of(
            "a growing backlog, p50 of %s at first and %s at the end"
                .formatted(UnitFormat.time(first), text(last)))
        : Optional.empty();
  }

  private static double median(List<Arrival> arrivals) {
    double[] nanos = arrivals.stream().mapToDouble(BacklogGrowth::nanos).sorted().toArray();
    return nanos[(nanos.length - 1) / 2];
  }

  private static double nanos(Arrival arrival) {
    boolean whole = arrival.missing() == 0 && arrival.lastAtNanos() != Arrival.NEVER;
    return whole
        ? (double) arrival.lastAtNanos() - arrival.intendedAtNanos()
        : Double.POSITIVE_INFINITY;
  }

  private static String text(double nanos) {
    return Double.isInfinite(nanos) ? "no end" : UnitFormat.time(nanos);
  }
}
