package dev.fanbench.measurement.record;

import static dev.fanbench.measurement.record.Phases.MILLI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.run.Arrival;
import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.PhaseProgress;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.schedule.SendSchedule;
import dev.fanbench.measurement.workload.ArrivalProcess;
import dev.fanbench.measurement.workload.Outage;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import dev.fanbench.measurement.workload.PhaseShare;
import dev.fanbench.measurement.workload.Shard;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** A phase before its first block, at its first and last arrival, and after its end. */
class PhaseBoundaryTest {
  private static final long HOUR = SampleRecorder.HIGHEST_NANOS;

  private final List<Arrival> closed = new ArrayList<>();

  @Test
  void aPhaseBeginsWithItsFirstBlock() {
    PhaseRecorder recorder =
        new PhaseRecorder(Phases.plan(Phases.fanOut(2, 3, 10), 1, 1), closed::add);
    assertEquals(0, recorder.startNanos());
    assertEquals(0, recorder.blocksBegun());
    assertEquals(0, recorder.achievedPerSecond());
    recorder.beginBlock(500);
    assertEquals(500, recorder.startNanos());
    assertEquals(1, recorder.blocksBegun());
    assertEquals(100, recorder.firstPublisher());
    assertEquals(1, recorder.publisherNumbers());
    assertEquals("fanout-2", recorder.phase().name());
    recorder.failed(0);
    assertEquals(
        new Arrival(0, 500, Arrival.NEVER, Arrival.NEVER, Arrival.NEVER, 0, 0), closed.get(0));
  }

  @Test
  void anArrivalOfABlockThatNeverBeganHasNoTimes() {
    PhaseRecorder recorder =
        Phases.begun(Phases.plan(Phases.fanOut(2, 4, 10).inBlocks(2), 1, 1), closed::add);
    recorder.complete();
    assertEquals(4, closed.size());
    assertEquals(100 * MILLI, closed.get(1).intendedAtNanos());
    assertEquals(Arrival.NEVER, closed.get(2).intendedAtNanos());
    assertEquals(0, recorder.achievedPerSecond());
    assertEquals(Map.of("sendDelay", 4L), recorder.undelivered());
  }

  @Test
  void anArrivalIsClosedWhenItIsWholeFailedOrGivenUp() {
    PhaseRecorder recorder = begun(Phases.fanOut(1, 3, 10));
    assertFalse(recorder.isClosed(0));
    recorder.sent(0, 0);
    assertFalse(recorder.isClosed(0));
    deliver(recorder, 0);
    assertTrue(recorder.isClosed(0));
    recorder.failed(1);
    assertTrue(recorder.isClosed(1));
    recorder.sent(2, 200 * MILLI);
    assertFalse(recorder.isClosed(2));
    assertEquals(2, recorder.closedArrivals());
    recorder.failed(2);
    assertTrue(recorder.isClosed(2));
    assertFalse(recorder.isClosed(3), "behind the last one");
    assertTrue(recorder.settled());
  }

  @Test
  void theProgressTellsTheArrivalsThatAreDue() {
    PhaseRecorder recorder = begun(Phases.fanOut(1, 3, 10));
    recorder.sent(0, 0);
    PhaseProgress progress = recorder.progress(100 * MILLI, Map.of());
    assertEquals(2, progress.due());
    assertEquals(100 * MILLI, progress.atNanos());
    assertEquals(1, progress.deliveryCount().sent());
    assertEquals(1, recorder.progress(100 * MILLI - 1, Map.of()).due());
  }

  @Test
  void aHandshakeIsASampleUntilTheEnd() {
    PhaseRecorder recorder = begun(Phases.connect(2, 10));
    recorder.secured(5 * MILLI);
    recorder.complete();
    recorder.secured(9 * MILLI);
    Histogram handshakes = drained(recorder, Series.TLS_HANDSHAKE);
    assertEquals(1, handshakes.getTotalCount());
    assertTrue(handshakes.valuesAreEquivalent(5 * MILLI, handshakes.getMaxValue()));
  }

  @Test
  void nothingIsReportedAfterTheEnd() {
    PhaseRecorder recorder = begun(Phases.fanOut(1, 2, 10));
    recorder.complete();
    DeliveryCount count = recorder.deliveryCount();
    recorder.untried(0);
    recorder.deliveries(0).otherCopy();
    recorder.deliveries(0).cut();
    recorder.deliveries(0).refused(1);
    recorder.hiccups(0).tick(5, 6);
    recorder.turn(2 * HOUR);
    assertEquals(count, recorder.deliveryCount());
    assertEquals(0, drained(recorder, Series.HICCUP).getTotalCount());
    assertEquals(0, recorder.afterClose());
    recorder.deliveries(0).delivered(0, 0, 0, 0, 1);
    assertEquals(1, recorder.afterClose());
  }

  @Test
  void copiesAreAllThatReachedClients() {
    PhaseRecorder recorder = begun(Phases.fanOut(1, 2, 10));
    recorder.sent(0, 0);
    deliver(recorder, 0);
    deliver(recorder, 0);
    recorder.deliveries(0).otherCopy();
    recorder.deliveries(0).cut();
    assertEquals(3, recorder.copies());
    assertEquals(1, recorder.deliveryCount().cut());
    assertEquals(0, recorder.crossed());
  }

  /** Publisher 0 is the first of the phase before, and 100 the first of this one. */
  @Test
  void theFirstPublisherOfAnEarlierPhaseIsLate() {
    PhaseRecorder recorder = begun(Phases.fanOut(1, 2, 10));
    recorder.deliveries(0).delivered(0, 0, 0, 0, 1);
    assertEquals(1, recorder.deliveryCount().late());
    assertEquals(0, recorder.deliveryCount().unexpected());
  }

  @Test
  void theLastArrivalAndTheLastSubscriberAreOfThePhase() {
    PhaseRecorder recorder = begun(Phases.fanOut(2, 3, 10));
    recorder.sent(2, 200 * MILLI);
    recorder.deliveries(0).delivered(1, 100, 2, 200 * MILLI, 201 * MILLI);
    assertEquals(1, recorder.deliveryCount().delivered());
  }

  /** An hour is the longest time that a histogram holds. */
  @Test
  void anArrivalIsGivenUpAfterAnHour() {
    PhaseRecorder recorder = begun(Phases.fanOut(2, 3, 10));
    for (int n = 0; n < 3; n++) {
      recorder.sent(n, recorder.intendedAtNanos(n));
    }
    recorder.turn(HOUR - 1);
    assertEquals(0, recorder.closedArrivals());
    recorder.turn(HOUR);
    assertEquals(1, recorder.closedArrivals());
    assertEquals(2, recorder.deliveryCount().missing());
    recorder.turn(HOUR + 100 * MILLI - 1);
    assertEquals(1, recorder.closedArrivals());
    recorder.turn(HOUR + 200 * MILLI);
    assertEquals(3, recorder.closedArrivals());
  }

  @Test
  void inAnOutageNothingIsGivenUpBeforeTheEnd() {
    PhaseRecorder recorder = begun(Phases.fanOut(2, 3, 10).with(Outage.KILLED));
    recorder.sent(0, 0);
    recorder.turn(2 * HOUR);
    assertEquals(0, recorder.closedArrivals());
  }

  @Test
  void theRoomOfAnArrivalIsThatOfItsTurn() {
    PhaseRecorder recorder = begun(new Phase("rooms", PhaseKind.FANOUT, 4, 2, 4, 10, false));
    assertEquals(0, recorder.room(2));
    assertEquals(1, recorder.room(3));
  }

  /** None of three subscribers heard arrival 0, and one of them did not hear arrival 1. */
  @Test
  void anArrivalThatNoneHeardHasNoFirstDelivery() {
    PhaseRecorder recorder = begun(Phases.fanOut(3, 3, 10));
    for (int n = 0; n < 2; n++) {
      recorder.sent(n, recorder.intendedAtNanos(n));
    }
    for (int subscriber = 0; subscriber < 2; subscriber++) {
      recorder.deliveries(0).delivered(subscriber, 100, 1, 100 * MILLI, 101 * MILLI);
    }
    recorder.complete();
    assertEquals(
        Map.of(
            "response",
            4L,
            "service",
            4L,
            "sendDelay",
            1L,
            "firstDelivery",
            1L,
            "lastDelivery",
            2L,
            "skew",
            2L),
        recorder.undelivered());
    assertEquals(1, drained(recorder, Series.FIRST_DELIVERY).getTotalCount());
    assertEquals(0, drained(recorder, Series.LAST_DELIVERY).getTotalCount());
  }

  @Test
  void eachSubscriberHasAMedianFromEightDeliveriesOn() {
    PhaseRecorder recorder = begun(Phases.fanOut(2, 100, 10));
    for (int n = 0; n < 100; n++) {
      recorder.sent(n, recorder.intendedAtNanos(n));
      deliver(recorder, n);
      if (n < 8) {
        long intended = recorder.intendedAtNanos(n);
        recorder.deliveries(0).delivered(1, 100, n, intended, intended + MILLI);
      }
    }
    recorder.complete();
    assertEquals(2, drained(recorder, Series.SUBSCRIBER_P50).getTotalCount());
    assertEquals(1, drained(recorder, Series.SUBSCRIBER_P99).getTotalCount());
  }

  /** Shard 1 of four has two members of each room. Shard 2 sends a publication to room 0. */
  @Test
  void deliveriesOfOtherShardsAreExpectedAtAllMembersHere() {
    PhaseShare share =
        new PhaseShare(
            new Phase("fanout-16-in-2", PhaseKind.FANOUT, 16, 2, 4_000, 100, false),
            new Shard(1, 4));
    SendSchedule schedule = SendSchedule.of(share.own(), ArrivalProcess.CONSTANT, 1);
    PhaseRecorder recorder =
        Phases.begun(
            new PhasePlan(
                share.own(), schedule, MILLI, 0, share.own().publishers(), 1, share, null),
            closed::add);
    assertTrue(recorder.foreignSettled());
    recorder.foreignSent(1);
    assertFalse(recorder.foreignSettled());
    assertEquals(2, recorder.deliveryCount().missing());
    recorder.deliveries(0).delivered(0, 2, 0, 0, 1);
    recorder.deliveries(0).delivered(2, 2, 0, 0, 1);
    assertTrue(recorder.foreignSettled());
    DeliveryCount count = recorder.deliveryCount();
    assertEquals(2, count.foreign());
    assertEquals(2, count.delivered());
    assertEquals(2, count.expected());
    assertEquals(0, count.missing());
    recorder.deliveries(0).delivered(2, 2, 0, 0, 1);
    recorder.deliveries(0).delivered(1, 2, 0, 0, 1);
    assertEquals(1, recorder.deliveryCount().duplicates());
    assertEquals(1, recorder.deliveryCount().unexpected());
    assertEquals(3, recorder.copies());
  }

  private PhaseRecorder begun(Phase phase) {
    return Phases.begun(Phases.plan(phase, 1, 1), closed::add);
  }

  private static void deliver(PhaseRecorder recorder, int n) {
    long intended = recorder.intendedAtNanos(n);
    recorder.deliveries(0).delivered(0, 100, n, intended, intended + MILLI);
  }

  private static Histogram drained(PhaseRecorder recorder, Series series) {
    Histogram total = SampleRecorder.emptyHistogram();
    recorder.drainInto(series, total);
    return total;
  }
}
