package dev.fanbench.measurement.record;

import dev.fanbench.measurement.run.TargetDescription;
import dev.fanbench.measurement.workload.SharedWorkload;
import dev.fanbench.measurement.workload.Workload;
import java.util.Map;
import java.util.Objects;

/**
 * The description of a run before it starts.
 *
 * @param fanbenchVersion the harness's version
 * @param revision git revision of the harness, or {@code unknown}
 * @param target the server that will be measured
 * @param offered the load that will be offered, and the share of this process
 * @param environment machine and JVMs in words, in display order
 * @param experiment the same for runs whose targets take turns; empty for a run of its own
 */
public record RunPlan(
    String fanbenchVersion,
    String revision,
    TargetDescription target,
    SharedWorkload offered,
    Map<String, String> environment,
    String experiment) {

  public RunPlan {
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(offered, "offered");
  }

  /** The plan of a run of its own. */
  public RunPlan(
      String fanbenchVersion,
      String revision,
      TargetDescription target,
      Workload workload,
      Map<String, String> environment) {
    this(fanbenchVersion, revision, target, SharedWorkload.alone(workload), environment, "");
  }

  /** The load that this process will offer. */
  public Workload workload() {
    return offered.own();
  }
}
