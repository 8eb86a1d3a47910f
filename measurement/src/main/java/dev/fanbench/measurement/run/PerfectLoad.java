package dev.fanbench.measurement.run;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.HdrHistogram.Histogram;

/**
 * Bounds the times that a perfect load would have measured, one that sends at the intended time and
 * reads at once.
 *
 * <p>A late send and a late read only make a time longer, so the measured time is an upper bound.
 * For a server that is never idle while it has work, completions move by no more than the sends
 * that they wait for. So the measured time, less the read lag and the largest slip of the same busy
 * period, is a lower bound. A busy period begins at an intended time at which nothing is in flight.
 */
final class PerfectLoad {
  private PerfectLoad() {}

  /** The least time of an arrival that is not known. */
  static final long UNKNOWN = -1;

  /**
   * The least time to the last delivery of each whole arrival, as a histogram.
   *
   * @param arrivals of one phase, in order
   * @return empty when the load did not record its read lag
   */
  static Optional<Histogram> least(List<Arrival> arrivals) {
    long[] nanos = leastNanos(arrivals);
    Histogram least = LatencyLog.emptyHistogram();
    for (int n = 0; n < nanos.length; n++) {
      if (isWhole(arrivals.get(n))) {
        if (nanos[n] == UNKNOWN) {
          return Optional.empty();
        }
        least.recordValue(nanos[n]);
      }
    }
    return Optional.of(least);
  }

  /**
   * The least time to the last delivery of each arrival in nanoseconds; {@link #UNKNOWN} for one
   * that is not whole, or whose read lag is not known.
   */
  static long[] leastNanos(List<Arrival> arrivals) {
    long[] least = new long[arrivals.size()];
    Arrays.fill(least, UNKNOWN);
    int from = 0;
    while (from < arrivals.size()) {
      int to = from;
      long busyUntilNanos = Long.MIN_VALUE;
      long slipNanos = 0;
      while (to < arrivals.size()
          && (to == from || arrivals.get(to).intendedAtNanos() < busyUntilNanos)) {
        Arrival arrival = arrivals.get(to++);
        busyUntilNanos = Math.max(busyUntilNanos, endNanos(arrival));
        if (arrival.sentAtNanos() != Arrival.NEVER) {
          slipNanos = Math.max(slipNanos, arrival.sentAtNanos() - arrival.intendedAtNanos());
        }
      }
      for (int n = from; n < to; n++) {
        Arrival arrival = arrivals.get(n);
        if (isWhole(arrival) && arrival.lagNanos() != Arrival.NEVER) {
          least[n] = leastNanos(arrival, slipNanos);
        }
      }
      from = to;
    }
    return least;
  }

  /** The least time of an arrival in a busy period with this largest slip. */
  static long leastNanos(Arrival arrival, long slipNanos) {
    long measured = arrival.lastAtNanos() - arrival.intendedAtNanos();
    return Math.max(0, measured - arrival.lagNanos() - slipNanos);
  }

  /** The end of an arrival in the target; never, when a delivery is missing. */
  static long endNanos(Arrival arrival) {
    if (arrival.sentAtNanos() == Arrival.NEVER) {
      return arrival.intendedAtNanos();
    }
    return isWhole(arrival) ? arrival.lastAtNanos() : Long.MAX_VALUE;
  }

  static boolean isWhole(Arrival arrival) {
    return arrival.missing() == 0 && arrival.lastAtNanos() != Arrival.NEVER;
  }
}
