package dev.fanbench.measurement.record;

import static dev.fanbench.measurement.record.Phases.MILLI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.run.Arrival;
import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.FailureInterval;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class PhaseRecorderTest {

  private final List<Arrival> closed = new ArrayList<>();
  private final ArrivalListener listener = closed::add;

  @Test
  void aStallOf150MillisecondsStandsInResponseTimeAndNotInServiceTime() {
    // The load itself is held up: arrival 1, due at 10 ms, goes out at 160 ms and takes 2 ms.
    PhaseRecorder recorder = recorder(Phases.fanOut(1, 2, 100), 1);
    send(recorder, 0, 0);
    deliver(recorder, 0, 0, 2 * MILLI);
    send(recorder, 1, 160 * MILLI);
    deliver(recorder, 0, 1, 162 * MILLI);
    recorder.complete();
    assertNear(152 * MILLI, drain(recorder, Series.RESPONSE).getMaxValue());
    assertNear(2 * MILLI, drain(recorder, Series.SERVICE).getMaxValue());
    assertNear(150 * MILLI, drain(recorder, Series.SEND_DELAY).getMaxValue());
    assertNear(152 * MILLI, drain(recorder, Series.LAST_DELIVERY).getMaxValue());
  }

  @Test
  void aTargetThatStallsShowsInEveryArrivalItHeldUp() {
    // 100 a second; the target answers in 1 ms but for a stall from 200 ms to 350 ms.
    PhaseRecorder recorder = recorder(Phases.echo(50, 100), 1);
    for (int n = 0; n < 50; n++) {
      long intended = recorder.intendedAtNanos(n);
      send(recorder, n, intended);
      boolean stalled = intended >= 200 * MILLI && intended < 350 * MILLI;
      deliver(recorder, 0, n, (stalled ? 350 * MILLI : intended) + MILLI);
    }
    recorder.complete();
    Histogram response = drain(recorder, Series.RESPONSE);
    assertNear(151 * MILLI, response.getMaxValue());
    assertEquals(15, response.getTotalCount() - response.getCountBetweenValues(0, 10 * MILLI));
    assertEquals(50, response.getTotalCount());
  }

  @Test
  void firstLastAndSkewAreTakenFromThePublication() {
    PhaseRecorder recorder = recorder(Phases.fanOut(3, 1, 100), 2);
    send(recorder, 0, MILLI);
    recorder.deliveries(1).delivered(2, 100, 0, 0, 9 * MILLI, 3_000);
    recorder.deliveries(0).delivered(0, 100, 0, 0, 4 * MILLI);
    assertFalse(recorder.settled());
    recorder.deliveries(0).delivered(1, 100, 0, 0, 6 * MILLI);
    assertTrue(recorder.settled());
    recorder.complete();
    assertNear(4 * MILLI, drain(recorder, Series.FIRST_DELIVERY).getMaxValue());
    assertNear(9 * MILLI, drain(recorder, Series.LAST_DELIVERY).getMaxValue());
    assertNear(5 * MILLI, drain(recorder, Series.SKEW).getMaxValue());
    assertEquals(List.of(new Arrival(0, 0, MILLI, 4 * MILLI, 9 * MILLI, 3, 0, 3_000)), closed);
  }

  @Test
  void deliveriesAreToldByTheNodesOfPublisherAndMember() {
    NodeMap nodes = new NodeMap(2, 1);
    nodes.placeMember(1, 1);
    PhasePlan plan = Phases.plan(Phases.fanOut(2, 2, 100), 1, 1).withNodes(nodes);
    PhaseRecorder recorder = Phases.begun(plan, closed::add);
    send(recorder, 0, 0);
    deliver(recorder, 0, 0, 2 * MILLI);
    deliver(recorder, 1, 0, 5 * MILLI);
    nodes.placePublisher(0, 1);
    send(recorder, 1, 10 * MILLI);
    deliver(recorder, 0, 1, 18 * MILLI);
    deliver(recorder, 1, 1, 13 * MILLI);
    recorder.complete();
    assertEquals(2, recorder.crossed());
    Histogram other = drain(recorder, Series.OTHER_NODE);
    assertEquals(2, other.getTotalCount());
    assertNear(8 * MILLI, other.getMaxValue());
    Histogram same = drain(recorder, Series.SAME_NODE);
    assertEquals(2, same.getTotalCount());
    assertNear(3 * MILLI, same.getMaxValue());
    assertEquals(4, drain(recorder, Series.RESPONSE).getTotalCount());
  }

  @Test
  void lostConnectionsAndRefusalsAreCountedByTime() {
    PhaseRecorder recorder = recorder(Phases.fanOut(2, 100, 100), 2);
    FailureInterval refusedJoins =
        new FailureInterval(PhaseResult.REFUSED_JOIN, -250 * MILLI, -125 * MILLI, 3);
    recorder.refusedJoins(List.of(refusedJoins));
    recorder.lostConnection(130 * MILLI);
    recorder.lostConnection(240 * MILLI);
    recorder.deliveries(0).refused(510 * MILLI);
    recorder.deliveries(1).refused(520 * MILLI);
    recorder.complete();
    recorder.deliveries(1).refused(530 * MILLI);
    assertEquals(
        List.of(
            refusedJoins,
            new FailureInterval(PhaseResult.LOST, 125 * MILLI, 250 * MILLI, 2),
            new FailureInterval(PhaseResult.REFUSED, 500 * MILLI, 625 * MILLI, 1),
            new FailureInterval(PhaseResult.REFUSED, 500 * MILLI, 625 * MILLI, 1)),
        recorder.failures());
    assertEquals(2, recorder.deliveryCount().lostConnections());
    assertEquals(2, recorder.deliveryCount().refused());
  }

  @Test
  void whatIsNotDeliveredByTheEndIsMissing() {
    PhaseRecorder recorder = recorder(Phases.fanOut(2, 3, 100), 1);
    for (int n = 0; n < 3; n++) {
      send(recorder, n, recorder.intendedAtNanos(n));
    }
    deliver(recorder, 0, 0, MILLI);
    deliver(recorder, 1, 0, MILLI);
    deliver(recorder, 0, 1, 11 * MILLI);
    recorder.complete();
    DeliveryCount deliveryCount = recorder.deliveryCount();
    assertEquals(6, deliveryCount.expected());
    assertEquals(3, deliveryCount.delivered());
    assertEquals(3, deliveryCount.missing());
    assertTrue(deliveryCount.balance());
    assertEquals(
        Map.of("response", 3L, "service", 3L, "firstDelivery", 1L, "lastDelivery", 2L, "skew", 2L),
        recorder.undelivered());
    assertEquals(3, closed.size());
    assertEquals(1, drain(recorder, Series.LAST_DELIVERY).getTotalCount());
    assertEquals(2, drain(recorder, Series.FIRST_DELIVERY).getTotalCount());
  }

  @Test
  void aDeliveryOnTheDeadlineCountsAndOneBehindItIsLate() {
    PhaseRecorder recorder = recorder(Phases.fanOut(2, 1, 100), 1);
    assertEquals(1_000 * MILLI, recorder.deadlineNanos());
    send(recorder, 0, 0);
    deliver(recorder, 0, 0, 1_000 * MILLI);
    deliver(recorder, 1, 0, 1_000 * MILLI + 1);
    recorder.complete();
    assertEquals(1, recorder.deliveryCount().delivered());
    assertEquals(1, recorder.deliveryCount().late());
    assertEquals(1, recorder.deliveryCount().missing());
  }

  @Test
  void duplicatesAreCountedApartAndStandInNoHistogram() {
    PhaseRecorder recorder = recorder(Phases.fanOut(2, 2, 100), 1);
    send(recorder, 0, 0);
    deliver(recorder, 0, 0, MILLI);
    deliver(recorder, 0, 0, 2 * MILLI);
    deliver(recorder, 1, 0, 3 * MILLI);
    deliver(recorder, 1, 0, 4 * MILLI);
    recorder.complete();
    assertEquals(2, recorder.deliveryCount().delivered());
    assertEquals(2, recorder.deliveryCount().duplicates());
    assertEquals(2, drain(recorder, Series.RESPONSE).getTotalCount());
    assertEquals(3 * MILLI, closed.get(0).lastAtNanos());
  }

  @Test
  void anEchoAnsweredTwiceIsADuplicateOnWhicheverLoop() {
    PhaseRecorder recorder = recorder(Phases.echo(2, 100), 2);
    send(recorder, 0, 0);
    recorder.deliveries(0).delivered(0, 100, 0, 0, MILLI);
    recorder.deliveries(0).delivered(0, 100, 0, 0, MILLI);
    recorder.deliveries(1).delivered(0, 100, 0, 0, MILLI);
    assertEquals(1, recorder.deliveryCount().delivered());
    assertEquals(2, recorder.deliveryCount().duplicates());
  }

  @Test
  void orderIsKeptPerSubscriberAndPublisher() {
    PhasePlan plan = Phases.plan(Phases.fanOut(2, 6, 100), 2, 1);
    PhaseRecorder recorder = Phases.begun(plan, listener);
    for (int n = 0; n < 6; n++) {
      send(recorder, n, recorder.intendedAtNanos(n));
    }
    DeliveryRecorder loop = recorder.deliveries(0);
    long now = 60 * MILLI;
    // Subscriber 0: publisher 100 sends 0 2 4, publisher 101 sends 1 3 5; interleaving is no fault.
    int[] interleaved = {1, 3, 0, 5, 2, 4};
    for (int n : interleaved) {
      loop.delivered(0, 100 + n % 2, n, recorder.intendedAtNanos(n), now);
    }
    assertEquals(0, recorder.deliveryCount().outOfOrder());
    // Subscriber 1 sees 4 0 2: both behind 4.
    for (int n : new int[] {4, 0, 2}) {
      loop.delivered(1, 100, n, recorder.intendedAtNanos(n), now);
    }
    assertEquals(2, recorder.deliveryCount().outOfOrder());
    assertEquals(9, recorder.deliveryCount().delivered());
  }

  @Test
  void stampsOfEarlierPhasesAreLateAndForeignOnesUnexpected() {
    PhaseRecorder recorder = recorder(Phases.fanOut(1, 2, 100), 1);
    send(recorder, 0, 0);
    DeliveryRecorder loop = recorder.deliveries(0);
    loop.delivered(0, 99, 0, 0, MILLI);
    loop.delivered(0, 101, 0, 0, MILLI); // no such publisher
    loop.delivered(0, -1, 0, 0, MILLI);
    loop.delivered(0, 100, 2, 0, MILLI); // no such arrival
    loop.delivered(0, 100, -1, 0, MILLI);
    loop.delivered(1, 100, 0, 0, MILLI); // no such subscriber
    loop.delivered(-1, 100, 0, 0, MILLI);
    loop.delivered(0, 100, 0, 1, MILLI); // its intended time was changed
    loop.delivered(0, 100, 1, 10 * MILLI, MILLI); // never sent
    loop.otherCopy();
    loop.other();
    loop.other();
    DeliveryCount deliveryCount = recorder.deliveryCount();
    assertEquals(1, deliveryCount.late());
    assertEquals(8, deliveryCount.unexpected());
    assertEquals(1, deliveryCount.otherCopies());
    assertEquals(2, deliveryCount.otherFrames());
    assertEquals(0, deliveryCount.delivered());
  }

  @Test
  void aCopyInTheWrongRoomIsUnexpected() {
    Phase phase = new Phase("rooms", PhaseKind.FANOUT, 5, 2, 4, 100, false);
    PhaseRecorder recorder = recorder(phase, 1);
    assertEquals(3, recorder.expected(0));
    assertEquals(2, recorder.expected(1));
    send(recorder, 1, 10 * MILLI);
    deliver(recorder, 0, 1, 11 * MILLI);
    deliver(recorder, 1, 1, 11 * MILLI);
    deliver(recorder, 3, 1, 11 * MILLI);
    assertEquals(1, recorder.deliveryCount().unexpected());
    assertEquals(2, recorder.deliveryCount().delivered());
    assertEquals(1, closed.size());
  }

  @Test
  void aFailedSendExpectsNothingAndARefusedConnectIsMissing() {
    PhaseRecorder recorder = recorder(Phases.connect(4, 100), 1);
    recorder.failed(0);
    send(recorder, 1, 10 * MILLI);
    recorder.failed(1);
    recorder.failed(1);
    send(recorder, 2, 20 * MILLI);
    deliver(recorder, 0, 2, 21 * MILLI);
    recorder.failed(2);
    assertFalse(recorder.settled());
    recorder.complete();
    DeliveryCount deliveryCount = recorder.deliveryCount();
    assertEquals(2, deliveryCount.sent());
    assertEquals(1, deliveryCount.failed());
    assertEquals(2, deliveryCount.expected());
    assertEquals(1, deliveryCount.delivered());
    assertEquals(1, deliveryCount.missing());
    assertEquals(Map.of("response", 1L, "service", 1L, "sendDelay", 1L), recorder.undelivered());
    assertEquals(4, closed.size());
    assertEquals(
        new Arrival(0, 0, Arrival.NEVER, Arrival.NEVER, Arrival.NEVER, 0, 0), closed.get(0));
  }

  /** The system has no port left, which is told after the attempt was announced, or before. */
  @Test
  void aConnectThatCouldNotBeTriedIsNeitherFailedNorMissing() {
    PhaseRecorder recorder = recorder(Phases.connect(3, 100), 1);
    recorder.untried(0);
    recorder.untried(0);
    send(recorder, 1, 10 * MILLI);
    recorder.untried(1);
    recorder.untried(1);
    send(recorder, 2, 20 * MILLI);
    deliver(recorder, 0, 2, 21 * MILLI);
    recorder.untried(2);
    assertTrue(recorder.settled());
    recorder.complete();
    DeliveryCount deliveryCount = recorder.deliveryCount();
    assertEquals(2, deliveryCount.untried());
    assertEquals(1, deliveryCount.sent());
    assertEquals(1, deliveryCount.expected());
    assertEquals(0, deliveryCount.faults());
    assertTrue(deliveryCount.balance());
    assertEquals(
        new Arrival(1, 10 * MILLI, Arrival.NEVER, Arrival.NEVER, Arrival.NEVER, 0, 0),
        closed.get(1));
  }

  @Test
  void samplesNoHistogramCanHoldAreCounted() {
    PhaseRecorder recorder = recorder(Phases.fanOut(1, 3, 100), 1);
    send(recorder, 1, 10 * MILLI - 1); // sent early: send delay is negative
    deliver(recorder, 0, 1, 10 * MILLI - 2); // and received before that: all five are
    recorder.complete();
    assertEquals(5, recorder.deliveryCount().anomalies());
    assertEquals(0, drain(recorder, Series.SEND_DELAY).getTotalCount());
    assertEquals(1, drain(recorder, Series.SKEW).getTotalCount());
    assertTrue(recorder.deliveryCount().balance());
  }

  @Test
  void anArrivalIsSentOnce() {
    PhaseRecorder recorder = recorder(Phases.echo(2, 100), 1);
    send(recorder, 1, 10 * MILLI);
    IllegalStateException twice =
        assertThrows(IllegalStateException.class, () -> recorder.sent(1, 11 * MILLI));
    assertEquals("phase echo: arrival 1 was already sent or failed", twice.getMessage());
    assertEquals(1, recorder.deliveryCount().sent());
    assertEquals(1, recorder.deliveryCount().expected());
  }

  @Test
  void nothingCountsAfterTheEnd() {
    PhaseRecorder recorder = recorder(Phases.fanOut(1, 2, 100), 1);
    send(recorder, 0, 0);
    recorder.complete();
    DeliveryCount deliveryCount = recorder.deliveryCount();
    recorder.sent(1, 10 * MILLI);
    recorder.failed(1);
    deliver(recorder, 0, 0, MILLI);
    recorder.deliveries(0).other();
    recorder.complete();
    assertEquals(deliveryCount, recorder.deliveryCount());
    assertEquals(1, recorder.afterClose());
    assertEquals(2, closed.size());
  }

  @Test
  void hiccupsBeforeThePhaseAreNotItsOwn() {
    PhasePlan plan = Phases.plan(Phases.echo(1, 1), 1, 1);
    PhaseRecorder recorder = Phases.begun(plan, 500, listener);
    recorder.hiccups(0).tick(499, 499 + 80 * MILLI);
    recorder.hiccups(0).tick(500, 500 + MILLI);
    Histogram hiccups = drain(recorder, Series.HICCUP);
    assertEquals(1, hiccups.getTotalCount());
    assertNear(MILLI, hiccups.getMaxValue());
  }

  private PhaseRecorder recorder(Phase phase, int loops) {
    return Phases.begun(Phases.plan(phase, 1, loops), listener);
  }

  private static void send(PhaseRecorder recorder, int n, long atNanos) {
    recorder.sent(n, atNanos);
  }

  private static void deliver(PhaseRecorder recorder, int subscriber, int n, long nowNanos) {
    recorder.deliveries(0).delivered(subscriber, 100, n, recorder.intendedAtNanos(n), nowNanos);
  }

  private static Histogram drain(PhaseRecorder recorder, Series series) {
    Histogram histogram = SampleRecorder.emptyHistogram();
    recorder.drainInto(series, histogram);
    return histogram;
  }

  /** Equal to three significant digits. */
  private static void assertNear(long expectedNanos, long actualNanos) {
    assertTrue(
        Math.abs(expectedNanos - actualNanos) <= expectedNanos / 1000,
        () -> expectedNanos + " expected, seen " + actualNanos);
  }
}
