package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.Interval;
import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.PhaseProgress;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.workload.PhaseKind;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A second of a run in progress, for curves of its last minutes. Times are those to last delivery
 * in a fan-out, and response times elsewhere.
 *
 * @param second at its end, of the time that the run is watched
 * @param phase target and phase, in words
 * @param p50Millis null of too few samples to tell it
 * @param p99Millis null of too few samples to tell it
 * @param slowestMillis null of none
 * @param deliveriesPerSecond those that came in it
 */
public record LiveSecond(
    double second,
    String phase,
    Double p50Millis,
    Double p99Millis,
    Double slowestMillis,
    double deliveriesPerSecond) {

  private static final long SHORTEST_NANOS = 500_000_000;

  /**
   * The second that has ended.
   *
   * @param before the counts at the end of the second before
   * @return empty for a part of a second at the end of a block, whose rate tells nothing
   */
  static Optional<LiveSecond> of(
      double second, LivePhase told, PhaseProgress now, DeliveryCount before) {
    long nanos =
        now.gained().values().stream()
            .mapToLong(interval -> interval.endNanos() - interval.startNanos())
            .max()
            .orElse(0);
    if (nanos < SHORTEST_NANOS) {
      return Optional.empty();
    }
    boolean fanOut = told.phase().kind() == PhaseKind.FANOUT;
    Interval times = now.gained().get(fanOut ? Series.LAST_DELIVERY : Series.RESPONSE);
    Interval each = now.gained().get(Series.RESPONSE);
    long delivered =
        (each == null ? 0 : each.count()) + now.deliveryCount().foreign() - before.foreign();
    return Optional.of(
        new LiveSecond(
            Math.round(second * 10) / 10.0,
            told.target() + ": " + told.phase().name(),
            millis(times, Percentile.P50),
            millis(times, Percentile.P99),
            millis(times, Percentile.MAX),
            Math.round(delivered * 1e10 / nanos) / 10.0));
  }

  private static Double millis(Interval times, Percentile rank) {
    if (times == null || times.count() < rank.samplesNeeded()) {
      return null;
    }
    OptionalLong nanos = times.nanosAt(rank);
    return nanos.isEmpty() ? null : Math.round(nanos.getAsLong() / 1e3) / 1e3;
  }
}
