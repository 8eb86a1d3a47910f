package dev.fanbench.gatling;

import dev.fanbench.measurement.workload.PhaseKind;
import java.util.EnumSet;

/** Connect latency alone: TCP connect to the 101, open arrivals. */
public class ConnectSimulation extends FanbenchSimulation {

  /** Called by Gatling. */
  public ConnectSimulation() {
    super(EnumSet.of(PhaseKind.CONNECT));
  }
}
