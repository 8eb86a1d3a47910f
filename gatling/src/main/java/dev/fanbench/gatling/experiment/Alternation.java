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
 * <p>Each must be over before the other one's begins. So the warm-up of a phase tells: of the last
 * arrivals of each target, nine of ten must have ended within half a gap. Thread-safe.
 */
final class Alternation {
  /** Of the warm-up; those before them met a colder target. */
  static final int JUDGED_ARRIVALS = 100;

  private static final double LEAST_SHARE = 0.9;

  private final boolean possible;

  /** Whether each of the last arrivals of a target was over in time; of the latest warm-up. */
  private final Map<String, Deque<Boolean>> inTime = new HashMap<>();

  private Phase warmUp;

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

  /** A listener that watches the arrivals of a warm-up, too. */
  synchronized ArrivalListener watching(String target, Phase phase, ArrivalListener listener) {
    if (!possible || !phase.warmUp()) {
      return listener;
    }
    if (!phase.equals(warmUp)) {
      warmUp = phase;
      inTime.clear();
    }
    Deque<Boolean> ofTarget = new ArrayDeque<>();
    inTime.put(target, ofTarget);
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

  /** Whether they alternate in a phase. Without a warm-up of just this load they take turns. */
  synchronized boolean in(Phase phase) {
    return possible
        && warmUp != null
        && !phase.warmUp()
        && phase.kind() != PhaseKind.IDLE
        && !phase.outage().any()
        && isWarmUpOf(phase)
        && inTime.size() == 2
        && inTime.values().stream().allMatch(Alternation::isMostlyInTime);
  }

  private boolean isWarmUpOf(Phase phase) {
    return warmUp.kind() == phase.kind()
        && warmUp.subscribers() == phase.subscribers()
        && warmUp.rooms() == phase.rooms()
        && warmUp.burst() == phase.burst()
        && warmUp.ratePerSecond() == phase.ratePerSecond();
  }

  private static boolean isMostlyInTime(Deque<Boolean> arrivals) {
    long over = arrivals.stream().filter(each -> each).count();
    return !arrivals.isEmpty() && over >= LEAST_SHARE * arrivals.size();
  }
}
