package dev.fanbench.gatling.experiment;

import dev.fanbench.gatling.fleet.ClientSlot;
import dev.fanbench.gatling.fleet.Fleet;
import dev.fanbench.gatling.fleet.JoinResult;
import dev.fanbench.gatling.target.Target;
import dev.fanbench.gatling.target.TargetFailure;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/**
 * Makes stale members: members in the target's store without a connection, as left behind when a
 * {@code $disconnect} is lost. Clients join, the target is told to lose their disconnects, and they
 * close. So they are real in every store. The fleet has no sockets of theirs and expects no
 * delivery to them.
 */
final class StaleMemberMaker {
  private static final long POLL_MILLIS = 10;
  private static final int MOST_POLLS = 1_000;
  private static final String LOST = "faults.disconnectsLost";

  private final Target target;
  private final Fleet fleet;

  /**
   * @param fleet that has no connection open
   */
  StaleMemberMaker(Target target, Fleet fleet) {
    this.target = target;
    this.fleet = fleet;
  }

  /** Subscribers to leave behind in each room, so that they are this share of its subscribers. */
  static int perRoom(Phase phase, double share) {
    boolean publishes = phase.kind() == PhaseKind.FANOUT && !phase.warmUp();
    return publishes ? (int) Math.round(phase.membersOfRoom() * share / (1 - share)) : 0;
  }

  /** Leaves so many members behind in each room. Blocks until the target has lost them all. */
  void leaveBehind(List<String> rooms, int perRoom) throws TargetFailure {
    List<ClientSlot> slots = new ArrayList<>(ClientSlot.subscribers(perRoom * rooms.size(), rooms));
    JoinResult joinResult = fleet.joinAll(slots, Fleet.DEFAULT_CONCURRENCY, joined -> {}).join();
    if (!joinResult.failures().isEmpty()) {
      throw new TargetFailure(
          "Members that should become stale could not join: " + joinResult.failures().get(0) + ".");
    }
    double before = lost();
    target.inject("{\"loseDisconnects\":1}");
    fleet.closeAll().join();
    awaitLost(before + slots.size());
    target.inject("{\"loseDisconnects\":0}");
  }

  private void awaitLost(double expected) throws TargetFailure {
    Executor soon = CompletableFuture.delayedExecutor(POLL_MILLIS, TimeUnit.MILLISECONDS);
    for (int poll = 0; lost() < expected; poll++) {
      if (poll == MOST_POLLS) {
        throw new TargetFailure("The target did not lose the disconnects that it was told to.");
      }
      CompletableFuture.runAsync(() -> {}, soon).join();
    }
  }

  private double lost() {
    return target.counters().getOrDefault(LOST, 0.0);
  }
}
