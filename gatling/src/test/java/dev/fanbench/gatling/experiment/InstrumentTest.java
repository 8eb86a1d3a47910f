package dev.fanbench.gatling.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.faulty.Fault;
import dev.fanbench.gatling.faulty.FaultyTarget;
import dev.fanbench.gatling.options.Options;
import dev.fanbench.measurement.record.ArrivalListener;
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
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The instrument, tested by faults: whole runs over real sockets, judged by what they wrote. */
@Timeout(60)
class InstrumentTest {
  private static final long MILLI = 1_000_000;
  private static final long STALL_MILLIS = 150;

  /** A stall of twice the length would be another stall. */
  private static final long MOST_OF_A_STALL = 2 * STALL_MILLIS;

  @TempDir Path directory;

  /** An open load is not held up itself, so the stall is in both, and all that it makes wait. */
  @Test
  void aStallOfTheTargetIsSeenByItsSize() throws Exception {
    RecordedPhase phase =
        measure(
                new Fault.Stall(20, Duration.ofMillis(STALL_MILLIS)),
                "fanout = [ { subscribers = 2, count = 60, rate = 100 } ]")
            .phase("fanout-2");

    assertTrue(
        waited(phase, 19, STALL_MILLIS * MILLI) >= 2, "no arrival was due while it stood still");
    assertBetween(phase, Series.RESPONSE, STALL_MILLIS, MOST_OF_A_STALL);
    assertBetween(phase, Series.SERVICE, STALL_MILLIS, MOST_OF_A_STALL);
  }

  /** The target sees none of it: a wait before the send is no service time. */
  @Test
  void aStallOfTheLoadIsResponseTimeAndNoServiceTime() throws Exception {
    RecordedPhase phase =
        measured(
                new Fault.None(),
                "fanout = [ { subscribers = 2, count = 60, rate = 100 } ]",
                arrival -> {
                  if (arrival.n() == 1) {
                    LockSupport.parkNanos(STALL_MILLIS * MILLI);
                  }
                })
            .phase("fanout-2");

    // The next arrival is due 10 ms after the one that parks the loop was.
    assertBetween(phase, Series.RESPONSE, STALL_MILLIS - 20, MOST_OF_A_STALL);
    assertBetween(phase, Series.SEND_DELAY, STALL_MILLIS - 20, MOST_OF_A_STALL);
    assertBetween(phase, Series.SERVICE, 0, STALL_MILLIS - 50);
  }

  @Test
  void aTargetThatDoesNotReadItsPublisherForEightSecondsShowsEightSeconds() throws Exception {
    RecordedRun run =
        measure(
            new Fault.NotReading(2, Duration.ofSeconds(8)),
            "drain = 12s, fanout = [ { subscribers = 2, count = 60, rate = 20 } ]");
    RecordedPhase phase = run.phase("fanout-2");

    assertEquals(List.of(), run.run().validity().reasons());
    assertEquals(120, phase.result().deliveryCount().delivered());
    assertTrue(waited(phase, 1, 8_000 * MILLI) >= 5, "no arrival was due meanwhile");
    // The next arrival is due 50 ms later.
    assertBetween(phase, Series.RESPONSE, 7_900, 8_500);
  }

  /** 32 MB are due meanwhile, more than sockets hold. None of it may be left out. */
  @Test
  void aPublisherWhoseSocketsAreFullWaitsToo() throws Exception {
    RecordedRun run =
        measure(
            new Fault.NotReading(2, Duration.ofSeconds(2)),
            "drain = 8s, payloadBytes = 16384,"
                + " fanout = [ { subscribers = 1, count = 2000, rate = 1000 } ]");
    RecordedPhase phase = run.phase("fanout-1");

    assertEquals(List.of(), run.run().validity().reasons());
    assertEquals(0, phase.result().deliveryCount().failed());
    assertEquals(2_000, phase.result().deliveryCount().delivered());
    long waited =
        phase.arrivals().stream()
            .filter(each -> each.lastAtNanos() - each.intendedAtNanos() >= 1_000 * MILLI)
            .count();
    // A thousand are due in the first second, and the target had read the first few of them.
    assertTrue(waited >= 900, waited + " waited for a second");
  }

  /**
   * Asserts that each arrival that was due meanwhile waited for the end; returns their number.
   *
   * @param n the arrival at which the target stood still, at the earliest when it was sent
   */
  private static int waited(RecordedPhase phase, int n, long nanos) {
    long endAtNanos = phase.arrivals().get(n).sentAtNanos() + nanos;
    int waited = 0;
    for (Arrival each : phase.arrivals().subList(n + 1, phase.arrivals().size())) {
      if (each.intendedAtNanos() < endAtNanos) {
        waited++;
        assertTrue(each.lastAtNanos() >= endAtNanos, each::toString);
      }
    }
    return waited;
  }

  private static void assertBetween(RecordedPhase phase, Series series, long least, long most) {
    long longest = phase.series(series).orElseThrow().histogram().getMaxValue();
    assertTrue(
        longest >= least * MILLI && longest <= most * MILLI,
        () -> series.label() + " " + longest + " ns");
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

  /** They come when every delivery has been seen, and nothing else is waited for. */
  @Test
  void copiesLongAfterTheLastDeliveryAreCounted() throws Exception {
    DeliveryCount deliveryCount =
        measure(
                new Fault.LateCopy(7, Duration.ofMillis(250)),
                "fanout = [ { subscribers = 5, count = 70, rate = 200 } ]")
            .phase("fanout-5")
            .result()
            .deliveryCount();

    assertEquals(50, deliveryCount.duplicates());
    assertEquals(350, deliveryCount.delivered());
    assertEquals(0, deliveryCount.missing());
  }

  @Test
  void copiesInAWrongRoomAreUnexpectedAndNoDeliveries() throws Exception {
    RecordedRun run =
        measure(
            new Fault.Leak(),
            "fanout = [ { subscribers = 4, rooms = 2, count = 40, rate = 200 } ]");

    DeliveryCount deliveryCount = run.phase("fanout-4-in-2").result().deliveryCount();
    assertEquals(80, deliveryCount.delivered());
    assertEquals(80, deliveryCount.unexpected());
    assertEquals(0, deliveryCount.missing());
    assertEquals(40, deliveryCount.otherCopies(), "to the publisher of the other room");
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
    return measured(fault, phases, ArrivalListener.none());
  }

  private RecordedRun measured(Fault fault, String phases, ArrivalListener listener)
      throws Exception {
    try (FaultyTarget target = FaultyTarget.start(fault)) {
      Options options = ExperimentInTest.options(directory, target.url().toString(), phases);
      return ExperimentInTest.of(options.targets().get(0), options).whole(phase -> listener);
    }
  }
}
