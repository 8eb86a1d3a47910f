package dev.fanbench.measurement.run;

import org.HdrHistogram.Histogram;

/**
 * Counts the arrivals of a phase that are over a limit for certain, while the phase goes on. An
 * arrival is over it when a perfect load would have measured more than the limit, too; see {@link
 * PerfectLoad}. Not thread-safe.
 *
 * <p>The largest slip of a busy period is known at its end. Until then its arrivals are kept with
 * their read lag taken off, in a histogram, whose size does not grow with the period.
 */
public final class OverLimitCount {
  private final long limitNanos;
  private final Histogram running = LatencyLog.emptyHistogram();
  private long endedOver;
  private long busyUntilNanos = Long.MIN_VALUE;
  private long slipNanos;

  /**
   * @param limitNanos times above it are counted, to a histogram's bucket
   */
  public OverLimitCount(long limitNanos) {
    this.limitNanos = limitNanos;
  }

  /** Adds the next arrival of the phase, which is closed. */
  public void add(Arrival arrival) {
    if (arrival.intendedAtNanos() >= busyUntilNanos) {
      endPeriod();
    }
    busyUntilNanos = Math.max(busyUntilNanos, PerfectLoad.endNanos(arrival));
    if (arrival.sentAtNanos() != Arrival.NEVER) {
      slipNanos = Math.max(slipNanos, arrival.sentAtNanos() - arrival.intendedAtNanos());
    }
    if (PerfectLoad.isWhole(arrival) && arrival.lagNanos() != Arrival.NEVER) {
      long leastNanos = PerfectLoad.leastNanos(arrival, 0);
      if (leastNanos > limitNanos) {
        running.recordValue(Math.min(leastNanos, running.getHighestTrackableValue()));
      }
    }
  }

  /** Arrivals so far that are over the limit for certain. */
  public long over() {
    return endedOver + runningOver();
  }

  private long runningOver() {
    long kept = running.getTotalCount();
    return kept == 0 ? 0 : kept - running.getCountBetweenValues(0, limitNanos + slipNanos);
  }

  private void endPeriod() {
    endedOver += runningOver();
    if (running.getTotalCount() > 0) {
      running.reset();
    }
    busyUntilNanos = Long.MIN_VALUE;
    slipNanos = 0;
  }
}
