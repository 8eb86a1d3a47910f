package dev.fanbench.measurement.schedule;

import dev.fanbench.measurement.workload.Arrivals;
import dev.fanbench.measurement.workload.Phase;

/**
 * A pure function from an arrival's index to its intended time. Immutable, so that any thread may
 * ask in any order, and a late arrival never moves the ones behind it.
 */
public sealed interface SendSchedule permits ConstantSchedule, PoissonSchedule {

  /**
   * Nanoseconds from the phase's start to the intended time of arrival {@code n}. The first is 0
   * and none is smaller than the one before.
   *
   * @param n from 0
   */
  long offsetNanos(int n);

  /** The schedule of a phase; {@code seed} matters to Poisson arrivals only. */
  static SendSchedule of(Phase phase, Arrivals arrivals, long seed) {
    return switch (arrivals) {
      case CONSTANT -> new ConstantSchedule(phase.ratePerSecond());
      case POISSON -> new PoissonSchedule(phase.ratePerSecond(), phase.count(), seed);
    };
  }
}
