package dev.fanbench.reports.model;

import dev.fanbench.measurement.workload.PhaseKind;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * The finding of a scenario: its phases differ in one thing, and the finding says what that thing
 * changes. It answers the question in the first comment of the scenario's workload file.
 */
final class ScenarioFinding {

  private ScenarioFinding() {}

  /**
   * The first that the phases have an answer to.
   *
   * @param headline the phase of the usual finding
   * @param usual that finding
   */
  static Optional<Finding> of(
      PhaseComparison headline,
      Finding usual,
      List<ReportedRun> entries,
      List<PhaseComparison> phases,
      List<CpuCost> cpu) {
    String certainty = usual.certainty();
    if (headline.phase().kind() == PhaseKind.CONNECT) {
      return ConnectQueue.finding(ConnectQueue.of(entries, phases), certainty);
    }
    if (headline.phase().kind() != PhaseKind.FANOUT) {
      return Optional.empty();
    }
    return Stream.<Supplier<Optional<Finding>>>of(
            () -> BackgroundCost.finding(phases, certainty),
            () -> Growth.finding(entries, phases),
            () -> SizeCost.finding(phases, cpu, certainty),
            () -> RoomCost.finding(phases, cpu, certainty),
            () -> NodeCost.finding(headline, usual))
        .map(Supplier::get)
        .flatMap(Optional::stream)
        .findFirst();
  }
}
