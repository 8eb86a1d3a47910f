package dev.fanbench.measurement.record;

import static dev.fanbench.measurement.record.ForeignOrder.Sight.AGAIN;
import static dev.fanbench.measurement.record.ForeignOrder.Sight.BEHIND;
import static dev.fanbench.measurement.record.ForeignOrder.Sight.FIRST;
import static dev.fanbench.measurement.record.ForeignOrder.Sight.IMPOSSIBLE;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fanbench.measurement.schedule.SendSchedule;
import dev.fanbench.measurement.workload.ArrivalProcess;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import dev.fanbench.measurement.workload.PhaseShare;
import dev.fanbench.measurement.workload.Shard;
import org.junit.jupiter.api.Test;

class ForeignOrderTest {
  /** Two rooms of 8, of which each of 4 shards has two members and one publisher a room. */
  private static final Phase WHOLE =
      new Phase("fanout-16-in-2", PhaseKind.FANOUT, 16, 2, 4_000, 100, false);

  private final ForeignOrder order = new ForeignOrder(plan(new Shard(1, 4)));

  @Test
  void aSecondCopyAndAReorderingAreTold() {
    assertEquals(FIRST, order.see(0, 2, 0, 0));
    assertEquals(FIRST, order.see(0, 2, 0, 4));
    assertEquals(BEHIND, order.see(0, 2, 0, 2));
    assertEquals(AGAIN, order.see(0, 2, 0, 2));
    assertEquals(AGAIN, order.see(0, 2, 0, 4));
    assertEquals(FIRST, order.see(2, 2, 0, 4), "another member of the room");
    assertEquals(FIRST, order.see(0, 3, 0, 4), "another shard");
    assertEquals(FIRST, order.see(1, 2, 1, 1), "the other room");
  }

  @Test
  void whatIsTooOldToTellIsACopy() {
    int last = 2 * (ForeignOrder.WINDOW + 1);
    assertEquals(FIRST, order.see(0, 0, 0, last));
    assertEquals(BEHIND, order.see(0, 0, 0, last - 2 * (ForeignOrder.WINDOW - 1)));
    assertEquals(AGAIN, order.see(0, 0, 0, last - 2 * ForeignOrder.WINDOW));
    assertEquals(AGAIN, order.see(0, 0, 0, last - 2 * (ForeignOrder.WINDOW + 1)));
    assertEquals(FIRST, order.see(0, 0, 0, last + 10 * ForeignOrder.WINDOW), "a long gap");
    assertEquals(AGAIN, order.see(0, 0, 0, last + 10 * ForeignOrder.WINDOW));
  }

  /** The publisher has every second arrival. */
  @Test
  void aGapOfTheWindowForgetsAllThatWasBeforeIt() {
    assertEquals(FIRST, order.see(0, 0, 0, 0));
    assertEquals(FIRST, order.see(0, 0, 0, 2));
    assertEquals(FIRST, order.see(0, 0, 0, 2 + 2 * ForeignOrder.WINDOW));
    assertEquals(BEHIND, order.see(0, 0, 0, 2 * ForeignOrder.WINDOW));
    assertEquals(AGAIN, order.see(0, 0, 0, 2 * ForeignOrder.WINDOW));
  }

  @Test
  void aGapBelowTheWindowForgetsNothing() {
    assertEquals(FIRST, order.see(0, 0, 0, 0));
    assertEquals(FIRST, order.see(0, 0, 0, 2 * (ForeignOrder.WINDOW - 1)));
    assertEquals(AGAIN, order.see(0, 0, 0, 0));
    assertEquals(BEHIND, order.see(0, 0, 0, 2));
  }

  @Test
  void whatNoPublisherSendsToTheRoomIsImpossible() {
    assertEquals(IMPOSSIBLE, order.see(0, 2, 1, 1), "the other room's publisher");
    assertEquals(IMPOSSIBLE, order.see(0, 2, 0, 1), "not this publisher's turn");
    assertEquals(IMPOSSIBLE, order.see(0, 2, 0, 1_000), "the share has 1,000 arrivals");
    assertEquals(IMPOSSIBLE, order.see(0, 2, 2, 2), "it has two publishers");
    assertEquals(IMPOSSIBLE, order.see(4, 2, 0, 0), "four members are here");
    assertEquals(IMPOSSIBLE, order.see(-1, 2, 0, 0));
    assertEquals(IMPOSSIBLE, order.see(0, 1, 0, 0), "its own shard");
    assertEquals(FIRST, order.see(3, 2, 1, 999), "the last member and the last arrival");
    assertEquals(IMPOSSIBLE, order.see(0, 2, 0, -2));
  }

  @Test
  void withoutSharedRoomsNothingIsHeard() {
    Phase chat = new Phase("chat", PhaseKind.CHAT, 8, 8, 80, 10, false);
    PhaseShare share = new PhaseShare(chat, new Shard(0, 4));
    SendSchedule schedule = SendSchedule.of(chat, ArrivalProcess.CONSTANT, 1);
    ForeignOrder none =
        new ForeignOrder(new PhasePlan(share.own(), schedule, 1, 0, 2, 1, share, null));
    assertEquals(IMPOSSIBLE, none.see(0, 1, 0, 0));
  }

  private static PhasePlan plan(Shard shard) {
    PhaseShare share = new PhaseShare(WHOLE, shard);
    SendSchedule schedule = SendSchedule.of(WHOLE, ArrivalProcess.CONSTANT, 1);
    return new PhasePlan(share.own(), schedule, 1, 0, share.own().publishers(), 1, share, null);
  }
}
