package dev.fanbench.gatling.experiment;

import dev.fanbench.measurement.record.ArrivalListener;
import dev.fanbench.measurement.run.Arrival;
import dev.fanbench.measurement.workload.ArrivalProcess;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;

/**
 * Decides whether the arrivals of the two targets of a duet alternate: one of A, one of B half a
 * gap later, one of A again. A noisy moment of the machine is then in both, however short it is.
 *
 * <p>Each must be over before the other one's begins. So of the last arrivals of each target under
 * this load, in its warm-up or in blocks before, nine of ten must have ended within half a gap.
 * Asked before each block. Thread-safe.
 */
final class Alternation {
  /** Those before them met a colder target. */
  static final int JUDGED_ARRIVALS = 100;

  /** Fewer say too little; without a warm-up the first block is in turn for that. */
  static final int FEWEST_ARRIVALS = 4;

  private static final double LEAST_SHARE = 0.9;
  private static final int TARGETS = 2;

  private final boolean possible;

  /** Whether each of the last arrivals was over in time, by load and target. */
  private final Map<Load, Map<String, Deque<Boolean>>> inTime = new HashMap<>();

  /** All that a delivery's time depends on, the same in a warm-up and in its phase. */
  private record Load(
      PhaseKind kind,
      int subscribers,
      int rooms,
      int roomsPerClient,
      int publishingMembers,
      int payloadBytes,
      int burst,
      double ratePerSecond) {

    static Load of(Phase phase) {
      return new Load(
          phase.kind(),
          phase.subscribers(),
          phase.rooms(),
          phase.roomsPerClient(),
          phase.publishingMembers(),
          phase.payloadBytes(),
          phase.burst(),
          phase.ratePerSecond());
    }
  }

  /**
   * @param duet false for targets that always take turns
   * @param process with random gaps, arrivals of both would meet
   */
  Alternation(boolean duet, ArrivalProcess process) {
    possible = duet && process != ArrivalProcess.POISSON;
  }

  /** Half the time between two arrivals, or two bursts of them, in nanoseconds. */
  static long halfGapNanos(Phase phase) {
    return Math.round(phase.burst() / phase.ratePerSecond() / 2 * 1e9);
  }

  /** Slow readers, churn and chatter of one side would be the other one's noise. */
  private boolean isPossibleIn(Phase phase) {
    return possible && phase.kind() != PhaseKind.IDLE && phase.undisturbed();
  }

  /** A listener that watches the arrivals of a phase, too. */
  synchronized ArrivalListener watching(String target, Phase phase, ArrivalListener listener) {
    if (!isPossibleIn(phase)) {
      return listener;
    }
    Deque<Boolean> ofTarget =
        inTime
            .computeIfAbsent(Load.of(phase), load -> new HashMap<>())
            .computeIfAbsent(target, label -> new ArrayDeque<>());
    long mostNanos = halfGapNanos(phase);
    return arrival -> {
      listener.closed(arrival);
      note(ofTarget, isOver(arrival, mostNanos));
    };
  }

  private static boolean isOver(Arrival arrival, long mostNanos) {
    return arrival.missing() == 0
        && arrival.lastAtNanos() != Arrival.NEVER
        && arrival.lastAtNanos() - arrival.intendedAtNanos() < mostNanos;
  }

  private synchronized void note(Deque<Boolean> ofTarget, boolean over) {
    ofTarget.add(over);
    if (ofTarget.size() > JUDGED_ARRIVALS) {
      ofTarget.remove();
    }
  }

  /** Whether they alternate in the next block of a phase. A warm-up is always in turn. */
  synchronized boolean in(Phase phase) {
    Map<String, Deque<Boolean>> seen = inTime.getOrDefault(Load.of(phase), Map.of());
    return isPossibleIn(phase)
        && !phase.warmUp()
        && seen.size() == TARGETS
        && seen.values().stream().allMatch(Alternation::isMostlyInTime);
  }

  private static boolean isMostlyInTime(Deque<Boolean> arrivals) {
    long over = arrivals.stream().filter(each -> each).count();
    return arrivals.size() >= FEWEST_ARRIVALS && over >= LEAST_SHARE * arrivals.size();
  }
}
