package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.PercentileValue;
import dev.fanbench.measurement.run.RecordedPhase;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.Run;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import java.util.Comparator;
import java.util.Optional;

/**
 * One run in a list of many.
 *
 * @param entry the run by its target's label
 * @param page its report, relative to the list
 * @param headline its key figures; empty when it has no fan-out
 */
public record RunSummary(ReportedRun entry, String page, Optional<Headline> headline) {

  /**
   * Key figures of a run's largest fan-out.
   *
   * @param phase that fan-out
   * @param lastDelivery p50 of the time to last delivery
   * @param cpuNanosPerDelivery of the target; NaN when unknown
   */
  public record Headline(Phase phase, PercentileValue lastDelivery, double cpuNanosPerDelivery) {}

  /** The list's line of a run. */
  public static RunSummary of(RecordedRun recorded, String page) {
    Optional<RecordedPhase> largest =
        recorded.measured().stream()
            .filter(p -> p.phase().kind() == PhaseKind.FANOUT)
            .max(Comparator.comparingInt(p -> p.phase().fanOut()));
    Run run = recorded.run();
    int slot = run.target().kind().equals(ReportedRun.FLOOR) ? -1 : 0;
    return new RunSummary(
        new ReportedRun(slot, run.target().label(), run), page, largest.map(RunSummary::headline));
  }

  private static Headline headline(RecordedPhase phase) {
    return new Headline(
        phase.phase(),
        phase.series(Series.LAST_DELIVERY).orElseThrow().percentiles().at(Percentile.P50),
        phase.result().cpuNanosPerDelivery());
  }

  /** The recorded run. */
  public Run run() {
    return entry.run();
  }

  /** Start time without fractions of a second: {@code 2026-11-21 05:30:39}. */
  public String started() {
    return run().startedAt().replace('T', ' ').substring(0, 19);
  }
}
