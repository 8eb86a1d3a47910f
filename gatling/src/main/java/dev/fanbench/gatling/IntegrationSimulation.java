package dev.fanbench.gatling;

import dev.fanbench.measurement.workload.PhaseKind;
import java.util.EnumSet;

/**
 * Connect latency and round trip of the serverless chat behind each integration style, cold and
 * warm: one run for each of {@code variants}, by default those of {@code
 * gatling/workloads/integrations.conf}.
 */
public class IntegrationSimulation extends FanbenchSimulation {

  /** Called by Gatling. */
  public IntegrationSimulation() {
    super(EnumSet.of(PhaseKind.CONNECT, PhaseKind.ECHO), "integrations");
  }
}
