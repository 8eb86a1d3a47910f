package dev.fanbench.gatling;

import dev.fanbench.measurement.workload.PhaseKind;
import java.util.EnumSet;

/** Broadcast alone: from the publication to the last subscriber of the room. */
public class FanoutSimulation extends FanbenchSimulation {

  /** Called by Gatling. */
  public FanoutSimulation() {
    super(EnumSet.of(PhaseKind.FANOUT));
  }
}
