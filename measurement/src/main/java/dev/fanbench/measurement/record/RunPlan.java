package dev.fanbench.measurement.record;

import dev.fanbench.measurement.run.TargetDescription;
import dev.fanbench.measurement.workload.Workload;
import java.util.Map;
import java.util.Objects;

/**
 * The description of a run before it starts.
 *
 * @param fanbenchVersion the harness's version
 * @param revision git revision of the harness, or {@code unknown}
 * @param target the server that will be measured
 * @param workload the load that will be offered
 * @param environment machine and JVMs in words, in display order
 */
public record RunPlan(
    String fanbenchVersion,
    String revision,
    TargetDescription target,
    Workload workload,
    Map<String, String> environment) {

  public RunPlan {
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(workload, "workload");
  }
}
