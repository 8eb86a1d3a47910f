package dev.fanbench.gatling;

import dev.fanbench.measurement.workload.PhaseKind;
import java.util.EnumSet;

/** Both round trips alone: echo without state, chat through a room. */
public class RoundTripSimulation extends FanbenchSimulation {

  /** Called by Gatling. */
  public RoundTripSimulation() {
    super(EnumSet.of(PhaseKind.ECHO, PhaseKind.CHAT));
  }
}
