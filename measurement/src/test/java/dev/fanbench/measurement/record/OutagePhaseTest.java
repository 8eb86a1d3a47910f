package dev.fanbench.measurement.record;

import static dev.fanbench.measurement.record.Phases.MILLI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.workload.Outage;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import java.util.OptionalLong;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** What subscribers miss while they are away is told apart from what the target lost. */
class OutagePhaseTest {

  /** Ten publications a second to three subscribers; a delivery has a second to come. */
  private final PhaseRecorder recorder =
      Phases.begun(
          Phases.plan(Phases.fanOut(3, 30, 10).with(Outage.KILLED), 1, 1), ArrivalListener.none());

  @Test
  void whatIsSentWhileASubscriberIsAwayIsMissedAndNotMissing() {
    recorder.away(2, 1_450 * MILLI);
    recorder.back(2, 1_950 * MILLI);
    for (int n = 0; n < 30; n++) {
      send(n);
      deliver(0, n);
      deliver(1, n);
      boolean gone = n >= 15 && n < 20;
      if (!gone) {
        deliver(2, n);
      }
    }
    recorder.complete();

    DeliveryCount deliveryCount = recorder.deliveryCount();
    assertEquals(90, deliveryCount.expected());
    assertEquals(85, deliveryCount.delivered());
    assertEquals(5, deliveryCount.missedAway());
    assertEquals(0, deliveryCount.missing());
    assertTrue(deliveryCount.balance());
    assertEquals(5, recorder.undelivered().get("response"), "nobody saw them, whatever the reason");
    assertEquals(5, recorder.undelivered().get("lastDelivery"));
  }

  @Test
  void whatWasOnItsWayWhenTheConnectionWasLostIsMissedUnlessItHadItsTime() {
    recorder.away(2, 1_450 * MILLI);
    recorder.back(2, 1_460 * MILLI);
    send(4); // 400 ms: had its whole second
    send(5);
    send(14);
    send(15); // 1,500 ms: it was back
    recorder.complete();

    assertEquals(2, recorder.deliveryCount().missedAway());
    assertEquals(10, recorder.deliveryCount().missing());
  }

  /** Arrival 5 is sent at 500 ms and has its second; arrival 15 is sent when all are back. */
  @Test
  void instantsOfTheLossAndOfTheReturnExcuseNothing() {
    recorder.away(2, 1_500 * MILLI);
    recorder.back(2, 1_500 * MILLI);
    send(5);
    send(6);
    send(15);
    recorder.complete();

    assertEquals(1, recorder.deliveryCount().missedAway());
    assertEquals(8, recorder.deliveryCount().missing());
  }

  /** Subscribers 0 and 2 are in room 0, and 1 and 3 in room 1. */
  @Test
  void aSubscriberMissesPublicationsOfItsOwnRoomOnly() {
    Phase phase = new Phase("rooms", PhaseKind.FANOUT, 4, 2, 30, 10, false).with(Outage.KILLED);
    PhaseRecorder rooms = Phases.begun(Phases.plan(phase, 1, 1), ArrivalListener.none());
    rooms.away(3, 100 * MILLI);
    for (int n = 2; n < 4; n++) {
      rooms.sent(n, rooms.intendedAtNanos(n));
    }
    rooms.complete();

    assertEquals(1, rooms.away());
    assertEquals(1, rooms.deliveryCount().missedAway());
    assertEquals(3, rooms.deliveryCount().missing());
  }

  @Test
  void whoDoesNotComeBackMissesTheRest() {
    recorder.away(0, 1_450 * MILLI);
    recorder.away(1, 1_450 * MILLI);
    recorder.back(1, 1_500 * MILLI);
    send(29);
    deliver(1, 29);
    deliver(2, 29);
    recorder.complete();

    assertEquals(1, recorder.deliveryCount().missedAway());
    assertEquals(1, recorder.undelivered().get("reconnect"));
    assertEquals(OptionalLong.empty(), recorder.allBackNanos());
  }

  @Test
  void aReconnectBeginsWithTheLossAndAllAreBackWithTheLast() {
    recorder.away(0, 1_000 * MILLI);
    recorder.away(1, 1_010 * MILLI);
    recorder.back(0, 1_100 * MILLI);
    recorder.back(1, 1_310 * MILLI);
    recorder.away(0, 1_400 * MILLI);
    recorder.back(0, 1_450 * MILLI);

    assertEquals(OptionalLong.of(450 * MILLI), recorder.allBackNanos());
    Histogram reconnects = SampleRecorder.emptyHistogram();
    recorder.drainInto(Series.RECONNECT, reconnects);
    assertEquals(3, reconnects.getTotalCount(), "a second loss is a second reconnect");
    assertTrue(reconnects.valuesAreEquivalent(300 * MILLI, reconnects.getMaxValue()));
  }

  @Test
  void subscribersAreAwayFromTheirLossToTheirReturn() {
    assertEquals(0, recorder.away());
    recorder.away(0, 0);
    recorder.away(2, 10);
    assertEquals(2, recorder.away());
    assertEquals(OptionalLong.empty(), recorder.allBackNanos());
    recorder.back(0, 20);
    assertEquals(1, recorder.away());
    recorder.back(2, 30);
    assertEquals(0, recorder.away());
    assertEquals(OptionalLong.of(30), recorder.allBackNanos());
    recorder.away(0, 40);
    assertEquals(1, recorder.away(), "a second loss");
    assertEquals(OptionalLong.empty(), recorder.allBackNanos());
  }

  @Test
  void nobodyIsBackWhereNobodyWasAway() {
    assertEquals(OptionalLong.empty(), recorder.allBackNanos());
  }

  private void send(int n) {
    recorder.sent(n, recorder.intendedAtNanos(n));
  }

  private void deliver(int subscriber, int n) {
    long intended = recorder.intendedAtNanos(n);
    recorder.deliveries(0).delivered(subscriber, 100, n, intended, intended + MILLI);
  }
}
