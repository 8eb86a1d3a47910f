package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseBuilder;
import dev.fanbench.measurement.workload.PhaseKind;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The price of larger rooms: two phases with the same subscribers and the same deliveries a second,
 * in fewer rooms and in more.
 */
final class RoomCost {

  private RoomCost() {}

  /** The finding; empty unless a run has two such phases. */
  static Optional<Finding> finding(
      List<PhaseComparison> phases, List<CpuCost> cpu, String certainty) {
    Optional<PhaseComparison> fewest =
        fanOuts(phases).stream().min(Comparator.comparingInt(p -> p.phase().rooms()));
    return fewest.flatMap(few -> finding(few, fanOuts(phases), cpu, certainty));
  }

  private static List<PhaseComparison> fanOuts(List<PhaseComparison> phases) {
    return phases.stream()
        .filter(p -> p.phase().kind() == PhaseKind.FANOUT && p.phase().undisturbed())
        .toList();
  }

  private static Optional<Finding> finding(
      PhaseComparison few, List<PhaseComparison> phases, List<CpuCost> cpu, String certainty) {
    return phases.stream()
        .filter(many -> splits(few.phase(), many.phase()))
        .max(Comparator.comparingInt(many -> many.phase().rooms()))
        .filter(many -> PairedMedian.known(PairedMedian.of(few, many)))
        .map(many -> finding(few, many, cpu, certainty));
  }

  /** Whether both offer the same but for the rooms. */
  private static boolean splits(Phase few, Phase many) {
    return many.rooms() > few.rooms()
        && Math.abs(deliveries(few) / deliveries(many) - 1) < 1e-6
        && asOne(few).equals(asOne(many));
  }

  private static double deliveries(Phase phase) {
    return phase.ratePerSecond() * phase.fanOut();
  }

  private static Phase asOne(Phase phase) {
    return PhaseBuilder.builder(phase)
        .name("any")
        .rooms(1)
        .count(1)
        .ratePerSecond(1)
        .blocks(1)
        .build();
  }

  private static Finding finding(
      PhaseComparison few, PhaseComparison many, List<CpuCost> cpu, String certainty) {
    return new Finding(
        "Half of the time the last subscriber in %s saw the message within %s."
            .formatted(
                rooms(few.phase()),
                PairedMedian.text(PairedMedian.of(few, many), "in " + rooms(many.phase()))),
        CpuCost.text(
            cpu,
            List.of(many.phase(), few.phase()),
            "in %s and in %s".formatted(rooms(many.phase()), rooms(few.phase()))),
        certainty);
  }

  private static String rooms(Phase phase) {
    String members = UnitFormat.count(phase.membersOfRoom());
    return phase.rooms() == 1
        ? "one room of " + members
        : UnitFormat.count(phase.rooms()) + " rooms of " + members;
  }
}
