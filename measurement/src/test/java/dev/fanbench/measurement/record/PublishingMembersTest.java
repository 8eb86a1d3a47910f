package dev.fanbench.measurement.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.workload.Outage;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import org.junit.jupiter.api.Test;

/** Members of a room that publish are subscribers of all publications but their own. */
class PublishingMembersTest {
  private static final int FIRST = 100;

  /** Two rooms of three: members 0, 2, 4 and 1, 3, 5. */
  private static final Phase ALL =
      new Phase("all", PhaseKind.FANOUT, 6, 2, 12, 100, false).publishedBy(3);

  @Test
  void aPublicationIsExpectedAtTheMembersOfItsRoomButItsSender() {
    assertEquals(2, ALL.fanOut());
    assertEquals(3, ALL.membersOfRoom());
    assertEquals(6, ALL.publishers());
    PhaseRecorder recorder = begun(ALL);
    for (int n = 0; n < 12; n++) {
      recorder.sent(n, recorder.intendedAtNanos(n));
      for (int member = n % 2; member < 6; member += 2) {
        if (member != n % 6) {
          deliver(recorder, member, n);
        }
      }
    }
    assertTrue(recorder.settled());
    recorder.complete();
    DeliveryCount counted = recorder.deliveryCount();
    assertEquals(24, counted.expected());
    assertEquals(24, counted.delivered());
    assertEquals(0, counted.missing() + counted.unexpected() + counted.otherCopies());
    assertTrue(counted.balance());
  }

  @Test
  void aCopyThatComesBackToItsSenderIsAnotherCopyAndHidesNoLoss() {
    PhaseRecorder recorder = begun(ALL);
    recorder.sent(0, 0);
    deliver(recorder, 0, 0);
    deliver(recorder, 0, 0);
    deliver(recorder, 2, 0);
    recorder.complete();
    deliver(recorder, 0, 0);
    DeliveryCount counted = recorder.deliveryCount();
    assertEquals(2, counted.otherCopies());
    assertEquals(1, counted.delivered());
    assertEquals(1, counted.missing());
    assertEquals(0, counted.duplicates());
    assertEquals(0, recorder.afterClose());
  }

  @Test
  void aStampWhosePublisherDidNotSendItIsUnexpected() {
    PhaseRecorder recorder = begun(ALL);
    recorder.sent(0, 0);
    recorder.deliveries(0).delivered(4, FIRST + 2, 0, recorder.intendedAtNanos(0), 1);
    assertEquals(1, recorder.deliveryCount().unexpected());
    assertEquals(0, recorder.deliveryCount().delivered());
  }

  @Test
  void orderIsKeptForEachPublisherOfARoom() {
    PhaseRecorder recorder = begun(ALL);
    for (int n = 0; n < 12; n++) {
      recorder.sent(n, recorder.intendedAtNanos(n));
    }
    // Member 0 hears members 2 (arrivals 2, 8) and 4 (arrivals 4, 10).
    for (int n : new int[] {4, 2, 10, 8}) {
      deliver(recorder, 0, n);
    }
    assertEquals(0, recorder.deliveryCount().outOfOrder());
    deliver(recorder, 2, 10);
    deliver(recorder, 2, 4);
    assertEquals(1, recorder.deliveryCount().outOfOrder());
  }

  @Test
  void someMembersOfARoomPublishAndTheOthersOnlyListen() {
    Phase two = new Phase("two", PhaseKind.FANOUT, 6, 2, 12, 100, false).publishedBy(2);
    PhaseRecorder recorder = begun(two);
    recorder.sent(4, recorder.intendedAtNanos(4));
    deliver(recorder, 2, 4);
    deliver(recorder, 4, 4);
    deliver(recorder, 0, 4);
    assertEquals(2, recorder.deliveryCount().delivered());
    assertEquals(1, recorder.deliveryCount().otherCopies());
  }

  @Test
  void aSenderThatIsLostAfterItsPublicationMissesNothingOfItsOwn() {
    PhaseRecorder recorder = begun(ALL.with(Outage.KILLED));
    recorder.sent(0, 0);
    recorder.away(0, 1);
    recorder.away(2, 1);
    deliver(recorder, 4, 0);
    recorder.complete();
    assertEquals(1, recorder.deliveryCount().missedAway());
    assertEquals(0, recorder.deliveryCount().missing());
    assertTrue(recorder.deliveryCount().balance());
  }

  @Test
  void aRoomOfOneHasNoPublishingMember() {
    Phase alone = new Phase("alone", PhaseKind.FANOUT, 2, 2, 1, 1, false);
    assertEquals(
        "phase alone: publishingMembers=1 is not allowed, must be 0 to the members of a room, which"
            + " has 2 or more",
        assertThrows(IllegalArgumentException.class, () -> alone.publishedBy(1)).getMessage());
  }

  private static PhaseRecorder begun(Phase phase) {
    return Phases.begun(Phases.plan(phase, phase.publishers(), 1), ArrivalListener.none());
  }

  private static void deliver(PhaseRecorder recorder, int member, int n) {
    int publisher = FIRST + n % recorder.phase().publishers();
    long intended = recorder.intendedAtNanos(n);
    recorder.deliveries(0).delivered(member, publisher, n, intended, intended + 1);
  }
}
