package dev.fanbench.gatling.options;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fanbench.measurement.workload.BackgroundLoad;
import dev.fanbench.measurement.workload.Outage;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import java.util.List;
import org.junit.jupiter.api.Test;

class WarmUpTest {

  @Test
  void nothingHappensInItAndItsNameSaysSo() {
    Phase measured =
        new Phase("fanout-50-churn-5-killed", PhaseKind.FANOUT, 50, 1, 100, 10, false)
            .among(new BackgroundLoad(5, 0, 0))
            .with(Outage.KILLED);

    assertEquals(
        List.of(new Phase("warm-up-fanout-50", PhaseKind.FANOUT, 50, 1, 40, 10, true).inBlocks(4)),
        WarmUp.of(List.of(measured), 4));
  }

  @Test
  void silenceIsWarmedUpWithFewConnections() {
    Phase measured = new Phase("idle-5000", PhaseKind.IDLE, 5_000, 1, 200, 10, false);

    assertEquals(
        List.of(new Phase("warm-up-idle-5000", PhaseKind.IDLE, 100, 1, 40, 10, true).inBlocks(4)),
        WarmUp.of(List.of(measured), 4));
  }
}
