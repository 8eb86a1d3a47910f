package dev.fanbench.measurement.run;

/**
 * Failures of one kind between two moments of a phase, or in front of it. Their length grows with
 * the phase, so that a day takes no more room than a minute.
 *
 * @param kind {@link PhaseResult#LOST}, {@link PhaseResult#REFUSED} or {@link
 *     PhaseResult#REFUSED_JOIN}
 * @param startNanos since the run's epoch
 * @param endNanos since the run's epoch
 * @param count failures; at least 1
 */
public record FailureInterval(String kind, long startNanos, long endNanos, long count) {

  /** The same in a run whose epoch was so much earlier. */
  public FailureInterval shifted(long nanos) {
    return new FailureInterval(kind, startNanos + nanos, endNanos + nanos, count);
  }
}
