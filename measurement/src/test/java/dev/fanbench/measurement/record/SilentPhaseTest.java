package dev.fanbench.measurement.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.run.Arrival;
import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SilentPhaseTest {

  @Test
  void momentsOfSilenceCloseWithoutADelivery() {
    List<Arrival> closed = new ArrayList<>();
    Phase phase = new Phase("idle-50", PhaseKind.IDLE, 50, 1, 3, 10, false);
    PhaseRecorder recorder = Phases.begun(Phases.plan(phase, 1, 1), closed::add);

    for (int n = 0; n < phase.count(); n++) {
      recorder.sent(n, recorder.intendedAtNanos(n));
    }

    assertTrue(recorder.settled());
    recorder.complete();
    assertEquals(3, closed.size());
    DeliveryCount counts = recorder.deliveryCount();
    assertEquals(3, counts.sent());
    assertEquals(0, counts.expected());
    assertEquals(0, counts.missing());
    assertTrue(counts.balance());
  }
}
