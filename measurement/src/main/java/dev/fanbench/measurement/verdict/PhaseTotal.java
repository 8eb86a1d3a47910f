package dev.fanbench.measurement.verdict;

import dev.fanbench.measurement.run.Arrival;
import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.Interval;
import dev.fanbench.measurement.run.OverLimitCount;
import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.PhaseProgress;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.HdrHistogram.Histogram;

/**
 * The samples and counts of a phase so far, as far as thresholds need them. Not thread-safe.
 *
 * <p>A perfect load would have measured at least the measured time, less the read lag of the
 * delivery and the largest slip of its busy period. Where a sample is an arrival, both are known.
 * Else the largest of each in the phase so far is taken off, which is never too little.
 */
final class PhaseTotal {
  private final Phase phase;
  private final Map<Series, Histogram> samples = new EnumMap<>(Series.class);
  private final Map<Long, OverLimitCount> arrivals = new HashMap<>();
  private DeliveryCount deliveryCount = DeliveryCount.NONE;
  private long longestReadLagNanos;
  private long longestSlipNanos;

  PhaseTotal(Phase phase) {
    this.phase = phase;
  }

  /** Counts the arrivals that are over a limit, from now on. */
  void limit(long limitNanos) {
    arrivals.put(limitNanos, new OverLimitCount(limitNanos));
  }

  /** Adds the next arrival. */
  void add(Arrival arrival) {
    arrivals.values().forEach(count -> count.add(arrival));
  }

  /** Whether a sample of the series is an arrival with its last delivery. */
  boolean isOfArrivals(Series series) {
    return phase.kind() == PhaseKind.FANOUT
        ? series == Series.LAST_DELIVERY
        : series == Series.RESPONSE;
  }

  /**
   * Adds an interval.
   *
   * @param needed the series that thresholds ask for; others take no memory
   */
  void add(PhaseProgress progress, Set<Series> needed) {
    deliveryCount = progress.deliveryCount();
    longestReadLagNanos = Math.max(longestReadLagNanos, longest(progress, Series.READ_LAG));
    longestSlipNanos = Math.max(longestSlipNanos, longest(progress, Series.SEND_DELAY));
    for (Series series : needed) {
      Interval gained = progress.gained().get(series);
      Histogram total = samples.get(series);
      if (gained != null && total != null) {
        gained.addTo(total);
      } else if (gained != null) {
        samples.put(series, gained.histogram());
      }
    }
  }

  private static long longest(PhaseProgress progress, Series series) {
    Interval gained = progress.gained().get(series);
    return gained == null ? 0 : gained.maxNanos();
  }

  /** Lets go of the samples of a phase that is over; its counts stay. */
  void forgetSamples() {
    samples.clear();
    arrivals.clear();
  }

  Phase phase() {
    return phase;
  }

  DeliveryCount deliveryCount() {
    return deliveryCount;
  }

  /** Samples of a series that are over a limit for certain, missing deliveries included. */
  long over(Series series, long limitNanos) {
    Histogram total = samples.get(series);
    long slackNanos = longestReadLagNanos + longestSlipNanos;
    long seen =
        total == null
            ? 0
            : total.getTotalCount() - total.getCountBetweenValues(0, limitNanos + slackNanos);
    OverLimitCount exact = isOfArrivals(series) ? arrivals.get(limitNanos) : null;
    return Math.max(seen, exact == null ? 0 : exact.over()) + never(series);
  }

  /** The most samples that a series can have when the phase has ended. */
  long samplesAtTheEnd(Series series, long independent) {
    return series.countsDeliveries() ? independent * deliveriesOfOne() : independent;
  }

  /** The percentile of the samples so far, with its unit. */
  String text(Series series, Percentile rank) {
    Histogram total = samples.get(series);
    long nanos =
        total == null ? Long.MAX_VALUE : rank.nanosAt(total, never(series)).orElse(Long.MAX_VALUE);
    return rank.label()
        + " "
        + (nanos == Long.MAX_VALUE ? "not delivered" : UnitFormat.time(nanos));
  }

  /** Missing deliveries belong to at least so many publications. */
  private long never(Series series) {
    return switch (series) {
      case RESPONSE, SERVICE -> deliveryCount.missing();
      case LAST_DELIVERY, SKEW ->
          (deliveryCount.missing() + deliveriesOfOne() - 1) / deliveriesOfOne();
      default -> 0;
    };
  }

  private long deliveriesOfOne() {
    return phase.kind() == PhaseKind.FANOUT
        ? Math.max(1, (phase.memberships() + phase.rooms() - 1) / phase.rooms())
        : 1;
  }
}
