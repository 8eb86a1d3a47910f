package dev.fanbench.measurement.run;

import dev.fanbench.measurement.workload.Shard;
import dev.fanbench.measurement.workload.Workload;
import java.util.List;
import java.util.Map;

/**
 * {@code run.json}: one run of one workload against one target.
 *
 * @param schemaVersion 1; grows when the meaning of a field changes
 * @param id the directory's name, {@code 20261120T213000Z-default-netty}
 * @param startedAt ISO-8601 UTC
 * @param finishedAt ISO-8601 UTC
 * @param fanbenchVersion the harness's version
 * @param revision git revision of the harness, {@code +dirty} appended when changed; {@code
 *     unknown} outside a checkout
 * @param target what was measured
 * @param workload what was offered
 * @param environment machine and JVMs in words, in display order
 * @param phases results in order, as far as the run came
 * @param validity whether to believe it
 * @param slos thresholds, checked
 * @param experiment the same for runs whose targets took turns; empty for a run of its own
 * @param share the part that this run has in one of several load processes; null in all others
 * @param shards load processes that offered one workload and whose runs are added up in this one; 1
 *     in all others
 */
public record Run(
    int schemaVersion,
    String id,
    String startedAt,
    String finishedAt,
    String fanbenchVersion,
    String revision,
    TargetDescription target,
    Workload workload,
    Map<String, String> environment,
    List<PhaseResult> phases,
    Validity validity,
    List<SloVerdict> slos,
    String experiment,
    RunShare share,
    int shards) {

  /** The schema this version writes. */
  public static final int SCHEMA_VERSION = 1;

  public Run {
    environment = OrderedCopy.copyOf(environment);
    phases = phases == null ? List.of() : List.copyOf(phases);
    slos = slos == null ? List.of() : List.copyOf(slos);
    experiment = experiment == null ? "" : experiment;
    shards = Math.max(1, shards);
  }

  /** The whole run of one load process. */
  public Run(
      int schemaVersion,
      String id,
      String startedAt,
      String finishedAt,
      String fanbenchVersion,
      String revision,
      TargetDescription target,
      Workload workload,
      Map<String, String> environment,
      List<PhaseResult> phases,
      Validity validity,
      List<SloVerdict> slos,
      String experiment) {
    this(
        schemaVersion,
        id,
        startedAt,
        finishedAt,
        fanbenchVersion,
        revision,
        target,
        workload,
        environment,
        phases,
        validity,
        slos,
        experiment,
        null,
        1);
  }

  /** The shard that recorded it. */
  public Shard shard() {
    return share == null ? Shard.ALONE : share.shard();
  }

  /** Whether its target took turns with that of another run. */
  public boolean tookTurnsWith(Run other) {
    return !experiment.isEmpty() && experiment.equals(other.experiment);
  }

  /** Results of the phases that are reported: warm-up and spoiled attempts left out. */
  public List<PhaseResult> measured() {
    return phases.stream().filter(PhaseResult::counts).toList();
  }
}
