package dev.fanbench.gatling.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.host.ProcessSet;
import dev.fanbench.measurement.host.UsageMeter;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** This process is the target; the test moves the clock. */
class IdleMeterTest {
  private static final long MILLI = 1_000_000;

  private final Optional<ProcessSet> self =
      Optional.of(new ProcessSet.Tree(ProcessHandle.current().pid()));
  private long now;
  private final IdleMeter meter = new IdleMeter(() -> now);

  @Test
  void timesBetweenTurnsAreAddedUp() {
    idle(300 * MILLI);
    now += 9_000 * MILLI;
    assertEquals(Map.of(), meter.counters(), "300 ms are too few");
    idle(300 * MILLI);
    meter.end();
    assertEquals(Set.of(UsageMeter.IDLE_SHARE), meter.counters().keySet());
    assertTrue(meter.counters().get(UsageMeter.IDLE_SHARE) >= 0);
  }

  @Test
  void aTargetWithoutAProcessHasNoIdleTime() {
    meter.begin(Optional.empty());
    now += 9_000 * MILLI;
    meter.end();
    assertEquals(Map.of(), meter.counters());
  }

  private void idle(long nanos) {
    meter.begin(self);
    now += nanos;
    meter.end();
  }
}
