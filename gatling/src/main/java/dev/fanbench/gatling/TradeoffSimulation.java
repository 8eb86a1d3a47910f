package dev.fanbench.gatling;

import dev.fanbench.measurement.workload.PhaseKind;
import java.util.EnumSet;

/** The main job: connect latency, both round trips and fan-out, on every target. */
public class TradeoffSimulation extends FanbenchSimulation {

  /** Called by Gatling. */
  public TradeoffSimulation() {
    super(EnumSet.allOf(PhaseKind.class));
  }
}
