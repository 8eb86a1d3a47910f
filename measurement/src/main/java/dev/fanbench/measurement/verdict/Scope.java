package dev.fanbench.measurement.verdict;

import dev.fanbench.measurement.run.RecordedPhase;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.SloVerdict;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.Workload;
import java.util.List;
import java.util.Optional;

/** The phases that a threshold applies to. Warm-up is never one of them. */
final class Scope {

  private Scope() {}

  static List<RecordedPhase> phases(RecordedRun run, Optional<String> phase) {
    return run.measured().stream()
        .filter(p -> phase.map(p.phase().name()::equals).orElse(true))
        .toList();
  }

  /** The verdict when there is nothing to judge: what cannot be checked does not hold. */
  static SloVerdict unmeasured(Slo slo, Optional<String> phase) {
    return new SloVerdict(
        slo.expression(), phase.orElse("run"), slo.gate(), false, "not measured in this run");
  }

  static boolean hasPhase(Workload workload, Optional<String> phase) {
    return phase.map(measured(workload)::contains).orElse(true);
  }

  static void requirePhase(Slo slo, Workload workload, Optional<String> phase) {
    if (!hasPhase(workload, phase)) {
      throw refusal(
          slo,
          "phase " + phase.orElseThrow() + " is none of " + String.join(", ", measured(workload)));
    }
  }

  private static List<String> measured(Workload workload) {
    return workload.phases().stream().filter(p -> !p.warmUp()).map(Phase::name).toList();
  }

  static IllegalArgumentException refusal(Slo slo, String why) {
    return new IllegalArgumentException("slo=" + slo.expression() + " is not allowed: " + why);
  }
}
