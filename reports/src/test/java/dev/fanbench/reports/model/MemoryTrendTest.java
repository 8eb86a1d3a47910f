package dev.fanbench.reports.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.DeliveryCountBuilder;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.Run;
import dev.fanbench.measurement.run.TargetDescription;
import dev.fanbench.measurement.run.Usage;
import dev.fanbench.measurement.run.Validity;
import dev.fanbench.measurement.workload.ArrivalProcess;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import dev.fanbench.measurement.workload.Workload;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MemoryTrendTest {

  private static final double MEGABYTE = 1024 * 1024;

  @Test
  void aLeakShowsThroughTheGarbage() {
    MemoryTrend trend = trend(100, 130, 120, 150, 140, 170, 160, 190, 180, 210);
    assertTrue(trend.grows());
    assertEquals(
        "netty: 100 MB of heap after the first of 10 equal phases, 210 MB after the last, 9 minutes"
            + " later: it grows, about 12.2 MB a minute.",
        trend.sentence());
  }

  @Test
  void garbageThatComesAndGoesIsNoTrend() {
    MemoryTrend trend = trend(100, 300, 150, 350, 120, 310, 140, 330, 110, 320);
    assertFalse(trend.grows());
    assertTrue(trend.sentence().endsWith("no growth that garbage does not explain."));
  }

  @Test
  void fiveRisingPhasesAreEnough() {
    assertTrue(trend(100, 110, 120, 130, 140).grows());
    assertFalse(trend(100, 120, 110, 130, 140).grows(), "one pair falls: 5 orders of 120");
  }

  @Test
  void fourPhasesAreTooFewToSay() {
    assertEquals(List.of(), MemoryTrend.of(List.of(entry(1, 2, 3, 4))));
  }

  private static MemoryTrend trend(int... megabytes) {
    return MemoryTrend.of(List.of(entry(megabytes))).get(0);
  }

  private static ReportedRun entry(int... megabytes) {
    List<PhaseResult> results = new ArrayList<>();
    for (int i = 0; i < megabytes.length; i++) {
      Phase phase = new Phase("fanout-9-part-" + (i + 1), PhaseKind.FANOUT, 9, 1, 10, 1, false);
      Usage used =
          new Usage(Map.of(), 0, 1, "schedstat", Map.of("heap.usedBytes", megabytes[i] * MEGABYTE));
      DeliveryCount deliveryCount =
          DeliveryCountBuilder.builder().sent(10).expected(90).delivered(90).build();
      long end = i * 60_000_000_000L;
      results.add(new PhaseResult(phase, end, end, 1, deliveryCount, Map.of(), used, used));
    }
    Run run =
        new Run(
            1,
            "run",
            "",
            "",
            "",
            "",
            new TargetDescription("netty", "", true, "", "in-memory", List.of(), Map.of()),
            new Workload("soak", List.of(), ArrivalProcess.CONSTANT, 64, 1_000, 1),
            Map.of(),
            results,
            new Validity(Validity.Verdict.VALID, List.of(), List.of()),
            List.of(),
            "");
    return new ReportedRun(0, "netty", run);
  }
}
