package dev.fanbench.measurement.schedule;

import dev.fanbench.measurement.workload.ArrivalProcess;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.Shard;
import dev.fanbench.measurement.workload.SharedWorkload;
import dev.fanbench.measurement.workload.Workload;

/**
 * A pure function from an arrival's index to its intended time. Immutable, so that any thread may
 * ask in any order, and a late arrival never moves the ones behind it.
 */
public sealed interface SendSchedule
    permits ConstantSchedule, PoissonSchedule, BurstSchedule, SharedSchedule {

  /**
   * Nanoseconds from the phase's start to the intended time of arrival {@code n}. The first is 0
   * and none is smaller than the one before.
   *
   * @param n from 0
   */
  long offsetNanos(int n);

  /**
   * Nanoseconds from the phase's start to that of a block: the time of the first arrival that any
   * shard has in it.
   *
   * @param first arrival of the block
   */
  default long blockOffsetNanos(int first) {
    return offsetNanos(first);
  }

  /** 2⁶⁴ ÷ golden ratio: spreads the seeds of consecutive phases over all bits. */
  long GOLDEN = 0x9E3779B97F4A7C15L;

  /** The schedule of a workload's phase {@code index}, the same for every caller. */
  static SendSchedule of(Workload workload, int index) {
    return of(workload.phases().get(index), workload.arrivals(), workload.seed() + index * GOLDEN);
  }

  /** The schedule of a shard in a workload's phase {@code index}. */
  static SendSchedule of(SharedWorkload offered, int index) {
    SendSchedule whole = of(offered.whole(), index);
    Shard shard = offered.shard();
    return shard.isAlone() ? whole : new SharedSchedule(whole, shard);
  }

  /** The schedule of a phase; {@code seed} matters to Poisson arrivals only. */
  static SendSchedule of(Phase phase, ArrivalProcess arrivals, long seed) {
    return switch (arrivals) {
      case CONSTANT -> new ConstantSchedule(phase.ratePerSecond());
      case POISSON -> new PoissonSchedule(phase.ratePerSecond(), phase.count(), seed);
      case BURST -> new BurstSchedule(phase.ratePerSecond(), phase.burst());
    };
  }
}
