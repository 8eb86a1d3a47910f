package dev.fanbench.gatling;

import dev.fanbench.measurement.workload.PhaseKind;
import java.util.EnumSet;

/**
 * Measures the cost of each setting of the serverless chat: one run for each of {@code variants},
 * by default those of {@code gatling/workloads/variants.conf}.
 */
public class VariantsSimulation extends FanbenchSimulation {

  /** Called by Gatling. */
  public VariantsSimulation() {
    super(EnumSet.of(PhaseKind.FANOUT), "variants");
  }
}
