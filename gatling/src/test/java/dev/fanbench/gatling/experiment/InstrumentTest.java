package dev.fanbench.gatling.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.faulty.Fault;
import dev.fanbench.gatling.faulty.FaultyTarget;
import dev.fanbench.gatling.options.Options;
import dev.fanbench.measurement.run.Arrival;
import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.RecordedPhase;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.SloVerdict;
import dev.fanbench.measurement.run.Validity;
import dev.fanbench.measurement.workload.PhaseKind;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The instrument, tested by faults: whole runs over real sockets, judged by what they wrote. */
@Timeout(60)
class InstrumentTest {
  private static final long MILLI = 1_000_000;

  @TempDir Path directory;

  @Test
  void aStallIsSeenInResponseTime() throws Exception {
    RecordedPhase phase =
        measure(
                new Fault.Stall(20, Duration.ofMillis(150)),
                "fanout = [ { subscribers = 2, count = 60, rate = 100 } ]")
            .phase("fanout-2");

    long response = phase.series(Series.RESPONSE).orElseThrow().histogram().getMaxValue();
    assertTrue(response >= 150 * MILLI, "response " + response);
    // To the nanosecond: an open load is never held up itself, so what it slips is microseconds,
    // less than a histogram's bucket is wide.
    for (Arrival each : phase.arrivals()) {
      long service = each.lastAtNanos() - each.sentAtNanos();
      assertTrue(service < each.lastAtNanos() - each.intendedAtNanos(), each.toString());
    }
    long waited =
        phase.arrivals().stream()
            .filter(a -> a.lastAtNanos() - a.intendedAtNanos() >= 20 * MILLI)
            .count();
    assertTrue(waited >= 13, "a stall of 150 ms at 100/s makes 13 wait 20 ms, not " + waited);
  }

  @Test
  void droppedDeliveriesAreMissingToTheLastOne() throws Exception {
    RecordedRun run =
        measure(new Fault.Drop(7), "fanout = [ { subscribers = 5, count = 70, rate = 200 } ]");

    DeliveryCount deliveryCount = run.phase("fanout-5").result().deliveryCount();
    assertEquals(350, deliveryCount.expected());
    assertEquals(50, deliveryCount.missing());
    assertEquals(300, deliveryCount.delivered());
    SloVerdict missing = run.run().slos().get(0);
    assertEquals("missing==0", missing.expression());
    assertFalse(missing.held());
    assertEquals("50", missing.observed());
  }

  @Test
  void duplicatedDeliveriesAreCountedAndChangeNothingElse() throws Exception {
    DeliveryCount deliveryCount =
        measure(new Fault.Duplicate(7), "fanout = [ { subscribers = 5, count = 70, rate = 200 } ]")
            .phase("fanout-5")
            .result()
            .deliveryCount();

    assertEquals(50, deliveryCount.duplicates());
    assertEquals(350, deliveryCount.delivered());
    assertEquals(0, deliveryCount.missing());
  }

  @Test
  void reorderedDeliveriesAreCounted() throws Exception {
    DeliveryCount deliveryCount =
        measure(new Fault.Reorder(), "fanout = [ { subscribers = 5, count = 70, rate = 200 } ]")
            .phase("fanout-5")
            .result()
            .deliveryCount();

    assertEquals(5 * 35, deliveryCount.outOfOrder());
    assertEquals(350, deliveryCount.delivered());
  }

  @Test
  void aLoadThatCannotKeepItsRateIsInvalid() throws Exception {
    RecordedRun run =
        measure(
            new Fault.None(), "fanout = [ { subscribers = 1, count = 20000, rate = 5000000 } ]");

    Validity validity = run.run().validity();
    assertEquals(Validity.Verdict.INVALID, validity.verdict());
    assertTrue(
        validity.reasons().stream().anyMatch(reason -> reason.contains("achieved")),
        validity.reasons().toString());
  }

  @Test
  void arrivalsOfAPublisherGoInTheirOrderAtAHighRate() throws Exception {
    RecordedPhase phase =
        measure(new Fault.None(), "fanout = [ { subscribers = 1, count = 30000, rate = 60000 } ]")
            .phase("fanout-1");

    assertEquals(0, phase.result().deliveryCount().outOfOrder());
    long before = Long.MIN_VALUE;
    for (Arrival each : phase.arrivals()) {
      assertTrue(each.sentAtNanos() >= before, each::toString);
      before = each.sentAtNanos();
    }
  }

  @Test
  void everyKindOfPhaseIsAccountedFor() throws Exception {
    RecordedRun run =
        measure(
            new Fault.None(),
            """
            connect { count = 30, rate = 100 }
            echo { count = 30, rate = 100, clients = 3 }
            chat { count = 30, rate = 100, rooms = 3 }
            fanout = [ { subscribers = 20, count = 30, rate = 100 } ]
            """);

    assertEquals(
        List.of(PhaseKind.CONNECT, PhaseKind.ECHO, PhaseKind.CHAT, PhaseKind.FANOUT),
        run.phases().stream().map(p -> p.phase().kind()).toList());
    for (RecordedPhase phase : run.phases()) {
      DeliveryCount deliveryCount = phase.result().deliveryCount();
      assertEquals(30, deliveryCount.sent(), phase.phase().name());
      assertEquals(deliveryCount.expected(), deliveryCount.delivered(), phase.phase().name());
      assertEquals(0, deliveryCount.lostConnections(), phase.phase().name());
    }
  }

  private RecordedRun measure(Fault fault, String phases) throws Exception {
    try (FaultyTarget target = FaultyTarget.start(fault)) {
      Options options = ExperimentInTest.options(directory, target.url().toString(), phases);
      return ExperimentInTest.of(options.targets().get(0), options).whole();
    }
  }
}
