package dev.fanbench.measurement.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import dev.fanbench.measurement.workload.PhaseShare;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** Subscribers that are members of several rooms hear the publications of each of them once. */
class RoomsPerClientTest {
  private static final int FIRST = 100;

  /** Four rooms of three: clients are in rooms 0 and 1, 2 and 3, 0 and 1, and so on. */
  private static final Phase TWO_EACH =
      new Phase("two", PhaseKind.FANOUT, 6, 4, 24, 100, false).withRoomsPerClient(2);

  @Test
  void eachMembershipIsExpectedToHearItsRoom() {
    assertEquals(12, TWO_EACH.memberships());
    assertEquals(3, TWO_EACH.fanOut());
    PhaseRecorder recorder = begun(TWO_EACH, 4);
    for (int n = 0; n < 24; n++) {
      recorder.sent(n, recorder.intendedAtNanos(n));
      for (int client = 0; client < 6; client++) {
        if (isIn(client, n % 4)) {
          deliver(recorder, client, n % 4, n);
        }
      }
    }
    assertTrue(recorder.settled());
    recorder.complete();
    DeliveryCount counted = recorder.deliveryCount();
    assertEquals(72, counted.expected());
    assertEquals(72, counted.delivered());
    assertTrue(counted.clean() && counted.balance(), counted::toString);
  }

  @Test
  void aCopyOfARoomInWhichTheClientIsNotIsUnexpectedAndASecondOneIsADuplicate() {
    PhaseRecorder recorder = begun(TWO_EACH, 4);
    for (int n = 0; n < 8; n++) {
      recorder.sent(n, recorder.intendedAtNanos(n));
    }
    deliver(recorder, 0, 2, 2);
    deliver(recorder, 0, 3, 3);
    assertEquals(2, recorder.deliveryCount().unexpected());
    deliver(recorder, 0, 1, 1);
    deliver(recorder, 0, 1, 1);
    deliver(recorder, 0, 1, 5);
    assertEquals(1, recorder.deliveryCount().duplicates());
    assertEquals(2, recorder.deliveryCount().delivered());
  }

  /** Room 1 is behind, which says nothing about room 0. */
  @Test
  void orderIsThatOfEachRoom() {
    PhaseRecorder recorder = begun(TWO_EACH, 4);
    for (int n = 0; n < 8; n++) {
      recorder.sent(n, recorder.intendedAtNanos(n));
    }
    deliver(recorder, 0, 0, 4);
    deliver(recorder, 0, 1, 1);
    assertEquals(0, recorder.deliveryCount().outOfOrder());
    deliver(recorder, 0, 0, 0);
    assertEquals(1, recorder.deliveryCount().outOfOrder());
  }

  /** Membership 2 is client 1 in room 2, and membership 3 is the same client in room 3. */
  @Test
  void aClientPublishesInEachOfItsRoomsAndMayHearItself() {
    Phase all = TWO_EACH.publishedBy(3);
    PhaseRecorder recorder = begun(all, 12);
    recorder.sent(2, recorder.intendedAtNanos(2));
    for (int client : new int[] {1, 3, 5}) {
      deliver(recorder, client, 2, 2);
    }
    assertEquals(2, recorder.deliveryCount().expected());
    assertEquals(2, recorder.deliveryCount().delivered());
    assertEquals(1, recorder.deliveryCount().otherCopies());
  }

  /** Clients 1, 3 and 5 are in room 2; client 1 publishes there as membership 2. */
  @Test
  void membershipsAreAtTheNodeOfTheirClient() {
    NodeMap nodes = new NodeMap(6, 12);
    nodes.placePublisher(1, 1);
    nodes.placeMember(3, 1);
    PhasePlan plan = Phases.plan(TWO_EACH.publishedBy(3), 12, 1).withNodes(nodes);
    PhaseRecorder recorder = Phases.begun(plan, ArrivalListener.none());
    recorder.sent(2, recorder.intendedAtNanos(2));
    deliver(recorder, 3, 2, 2);
    assertEquals(0, recorder.crossed());
    deliver(recorder, 5, 2, 2);
    assertEquals(1, recorder.crossed());
    assertEquals(2, recorder.deliveryCount().delivered());
  }

  /** Each client hears twelve arrivals of its two rooms, and client n waits n ms longer. */
  @Test
  void eachClientHasItsOwnMedian() {
    PhaseRecorder recorder = begun(TWO_EACH, 4);
    for (int n = 0; n < 24; n++) {
      recorder.sent(n, recorder.intendedAtNanos(n));
      for (int client = 0; client < 6; client++) {
        if (isIn(client, n % 4)) {
          long atNanos = recorder.intendedAtNanos(n) + (1 + client) * Phases.MILLI;
          recorder
              .deliveries(0)
              .delivered(client, FIRST + n % 4, n, recorder.intendedAtNanos(n), atNanos);
        }
      }
    }
    recorder.complete();
    Histogram medians = SampleRecorder.emptyHistogram();
    recorder.drainInto(Series.SUBSCRIBER_P50, medians);
    assertEquals(6, medians.getTotalCount());
    assertEquals(1.0, medians.getMinValue() / (double) Phases.MILLI, 0.06);
    assertEquals(6.0, medians.getMaxValue() / (double) Phases.MILLI, 0.36);
  }

  /** Two clients may share one of their rooms only. Any of its rooms may be a client's first. */
  @Test
  void roomsAreCountedRound() {
    PhasePlan plan =
        Phases.plan(
            new Phase("three", PhaseKind.FANOUT, 5, 5, 10, 100, false).withRoomsPerClient(3), 5, 1);
    // Client 1 has memberships 3, 4 and 5, which are in rooms 3, 4 and 0.
    assertEquals(3, plan.membership(1, 8));
    assertEquals(4, plan.membership(1, 4));
    assertEquals(5, plan.membership(1, 0));
    assertEquals(3, plan.expected(0));
  }

  @Test
  void moreRoomsThanThereAreAndShardsAreRefused() {
    IllegalArgumentException many =
        assertThrows(IllegalArgumentException.class, () -> TWO_EACH.withRoomsPerClient(5));
    assertTrue(many.getMessage().contains("roomsPerClient=5 is not allowed"), many.getMessage());
    assertEquals(
        "Phase two has clients in 2 rooms each, and shards take clients of one room.",
        PhaseShare.lack(TWO_EACH, 2).orElseThrow());
  }

  private static boolean isIn(int client, int room) {
    return room == client * 2 % 4 || room == (client * 2 + 1) % 4;
  }

  private static PhaseRecorder begun(Phase phase, int publishers) {
    return Phases.begun(Phases.plan(phase, publishers, 1), ArrivalListener.none());
  }

  private static void deliver(PhaseRecorder recorder, int client, int publisher, int n) {
    recorder
        .deliveries(0)
        .delivered(client, FIRST + publisher, n, recorder.intendedAtNanos(n), 1_000_000_000);
  }
}
