package dev.fanbench.gatling.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import dev.fanbench.measurement.host.UsageMeter;
import dev.fanbench.measurement.run.Usage;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UsageTotalTest {
  private final UsageTotal total = new UsageTotal();

  @Test
  void totalsAreSumsGaugesLastValuesAndSharesMeansOverTime() {
    total.add(
        new Usage(
            Map.of("loops", 10L, "jit", 5L),
            3,
            100,
            "schedstat",
            Map.of(
                "frames.received",
                30.0,
                "connections.open",
                9.0,
                UsageMeter.STEAL_SHARE,
                0.1,
                UsageMeter.LOOP_SHARE + 0,
                0.5,
                UsageMeter.LOOP_WAIT + 0,
                0.1,
                UsageMeter.RESIDENT_BYTES,
                1_000.0)));
    total.add(
        new Usage(
            Map.of("loops", 20L, "gc", 1L),
            4,
            300,
            "schedstat",
            Map.of(
                "frames.received",
                12.0,
                "connections.open",
                7.0,
                UsageMeter.STEAL_SHARE,
                0.3,
                UsageMeter.LOOP_SHARE + 0,
                0.9,
                UsageMeter.LOOP_WAIT + 0,
                0.5,
                UsageMeter.RESIDENT_BYTES,
                2_000.0)));

    Usage both = total.with(Map.of("reconnect.tries", 2.0));
    assertEquals(Map.of("loops", 30L, "jit", 5L, "gc", 1L), both.cpuNanosByGroup());
    assertEquals(7, both.runQueueWaitNanos());
    assertEquals(400, both.wallNanos());
    assertEquals(42.0, both.counters().get("frames.received"));
    assertEquals(7.0, both.counters().get("connections.open"));
    assertEquals(0.25, both.counters().get(UsageMeter.STEAL_SHARE), 1e-9);
    assertEquals(0.8, both.counters().get(UsageMeter.LOOP_SHARE + 0), 1e-9);
    assertEquals(0.4, both.counters().get(UsageMeter.LOOP_WAIT + 0), 1e-9);
    assertEquals(2_000.0, both.counters().get(UsageMeter.RESIDENT_BYTES));
    assertEquals(2.0, both.counters().get("reconnect.tries"));
  }

  @Test
  void aTotalWithAnUnknownBlockIsUnknown() {
    assertNull(total.with(Map.of()));
    total.add(new Usage(Map.of("loops", 10L), -1, 100, "schedstat", Map.of()));
    assertEquals(-1, total.with(Map.of()).runQueueWaitNanos());
    total.add(null);
    total.add(new Usage(Map.of("loops", 10L), 1, 100, "schedstat", Map.of()));
    assertNull(total.with(Map.of()));
  }
}
