package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.Run;
import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.measurement.workload.Phase;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;

/** Finds where runs that are shown together did not offer the same work. */
final class WorkloadDifference {

  private WorkloadDifference() {}

  /** One sentence for each difference between runs that are not floors. */
  static List<String> between(List<ReportedRun> entries) {
    List<ReportedRun> targets = entries.stream().filter(e -> !e.reference()).toList();
    List<String> found = new ArrayList<>();
    different(found, targets, "the workload's name", r -> r.workload().name());
    different(found, targets, "payload bytes", r -> r.workload().payloadBytes());
    different(found, targets, "arrivals", r -> r.workload().arrivals());
    different(found, targets, "the drain in ms", r -> r.workload().drainMillis());
    different(found, targets, "fanbench's revision", Run::revision);
    differentPhases(found, targets);
    return found;
  }

  private static void different(
      List<String> found, List<ReportedRun> targets, String what, Function<Run, Object> value) {
    if (targets.stream().map(e -> value.apply(e.run())).distinct().count() > 1) {
      List<String> each = targets.stream().map(e -> e.name() + " " + value.apply(e.run())).toList();
      found.add("The runs differ in " + what + ": " + String.join(", ", each) + ".");
    }
  }

  private static void differentPhases(List<String> found, List<ReportedRun> targets) {
    Map<String, Phase> first = new LinkedHashMap<>();
    for (ReportedRun entry : targets) {
      for (PhaseResult result : entry.run().measured()) {
        Phase phase = result.phase();
        Phase other = first.putIfAbsent(phase.name(), phase);
        if (other != null && !Objects.equals(other, phase)) {
          found.add(
              "Phase "
                  + phase.name()
                  + " of "
                  + entry.name()
                  + " offered something else: "
                  + words(phase)
                  + " in place of "
                  + words(other)
                  + ".");
        }
      }
    }
  }

  private static String words(Phase phase) {
    String members =
        phase.subscribers() == 0 ? "" : " to " + UnitFormat.count(phase.subscribers()) + " members";
    return UnitFormat.count(phase.count())
        + " arrivals at "
        + UnitFormat.rate(phase.ratePerSecond())
        + members;
  }
}
