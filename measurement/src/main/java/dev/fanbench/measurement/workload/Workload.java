package dev.fanbench.measurement.workload;

import java.util.List;
import java.util.Locale;

/**
 * Everything a run offers, whatever the target does.
 *
 * @param name the workload file's name without its ending, {@code default} or {@code quick}
 * @param phases in order; warm-up phases first
 * @param arrivals spacing of intended times
 * @param payloadBytes bytes of published text, stamp included, in phases without a size of their
 *     own
 * @param drainMillis how long after a phase's last intended time a delivery still counts; what has
 *     not arrived by then is missing
 * @param seed of every random choice
 */
public record Workload(
    String name,
    List<Phase> phases,
    ArrivalProcess arrivals,
    int payloadBytes,
    long drainMillis,
    long seed) {

  public Workload {
    phases = List.copyOf(phases);
    if (phases.stream().map(Phase::name).distinct().count() != phases.size()) {
      throw new IllegalArgumentException("workload " + name + ": two phases share a name");
    }
  }

  /** Bytes of each text of a phase, stamp included. */
  public int payloadBytes(Phase phase) {
    return phase.payloadBytes() > 0 ? phase.payloadBytes() : payloadBytes;
  }

  /** The spacing of intended times in one word: {@code constant} or {@code burst:10}. */
  public String arrivalText() {
    String word = arrivals.name().toLowerCase(Locale.ROOT);
    return arrivals == ArrivalProcess.BURST && !phases.isEmpty()
        ? word + ":" + phases.get(0).burst()
        : word;
  }

  /**
   * Whether a phase is measured on a target that has not been warmed up, though the workload warms
   * it up later. Measured a second time on the same target, it would not be cold.
   */
  public boolean isCold(Phase phase) {
    return !phase.warmUp()
        && phases.stream().skip(phases.indexOf(phase) + 1L).anyMatch(Phase::warmUp);
  }
}
