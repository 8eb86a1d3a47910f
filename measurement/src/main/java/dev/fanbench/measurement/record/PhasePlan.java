package dev.fanbench.measurement.record;

import dev.fanbench.measurement.schedule.SendSchedule;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import dev.fanbench.measurement.workload.PhaseShare;
import dev.fanbench.measurement.workload.Shard;

/**
 * All that is settled about a phase before its first arrival.
 *
 * <p>Rooms take turns: membership {@code m} is in room {@code m % rooms} and arrival {@code n} goes
 * to room {@code n % rooms}. With k rooms for each client, subscriber {@code s} has memberships
 * {@code s × k} to {@code s × k + k − 1}. Publishers take turns too: arrival {@code n} is sent by
 * publisher {@code n % publishers}. Where members publish, publisher {@code p} is membership {@code
 * p}.
 *
 * <p>Publishers of all shards have numbers of their own: those of a shard are the ones of which it
 * has the place.
 *
 * @param phase as this process offers it
 * @param schedule when
 * @param drainNanos how long after the last intended time of a block its deliveries count
 * @param firstPublisher number of this phase's first publisher; lower ones belong to earlier phases
 * @param publishers how many publishers it has, at least 1
 * @param loops event loops that report deliveries, at least 1
 * @param share of the phase that this process offers
 * @param nodes the places of its clients; null for a target of one node
 */
record PhasePlan(
    Phase phase,
    SendSchedule schedule,
    long drainNanos,
    int firstPublisher,
    int publishers,
    int loops,
    PhaseShare share,
    NodeMap nodes) {

  PhasePlan {
    if (publishers < 1 || loops < 1) {
      throw new IllegalArgumentException(
          "phase %s: publishers=%d and loops=%d must be 1 or more"
              .formatted(phase.name(), publishers, loops));
    }
    boolean alone = phase.kind() == PhaseKind.CONNECT || phase.kind() == PhaseKind.ECHO;
    if (!alone && phase.memberships() < phase.rooms()) {
      throw new IllegalArgumentException(
          "phase %s: subscribers=%d is not allowed, must be %d or more, one for each room"
              .formatted(phase.name(), phase.subscribers(), phase.rooms()));
    }
    if (phase.publishingMembers() > 0 && publishers != phase.publishers()) {
      throw new IllegalArgumentException(
          "phase %s: publishers=%d is not allowed, must be %d"
              .formatted(phase.name(), publishers, phase.publishers()));
    }
  }

  /** The plan of a phase that one process offers. */
  PhasePlan(
      Phase phase,
      SendSchedule schedule,
      long drainNanos,
      int firstPublisher,
      int publishers,
      int loops) {
    this(
        phase,
        schedule,
        drainNanos,
        firstPublisher,
        publishers,
        loops,
        new PhaseShare(phase, Shard.ALONE),
        null);
  }

  /** The same against a target of several nodes. */
  PhasePlan withNodes(NodeMap places) {
    return new PhasePlan(
        phase, schedule, drainNanos, firstPublisher, publishers, loops, share, places);
  }

  /** Numbers that the publishers of all shards take. */
  int publisherNumbers() {
    return share.shard().isAlone() ? publishers : share.publisherNumbers();
  }

  boolean fanOut() {
    return phase.kind() == PhaseKind.FANOUT;
  }

  /** True when no publication goes to a room: the answer, if any, goes to the client that asked. */
  boolean answersTheAsker() {
    return switch (phase.kind()) {
      case IDLE, CONNECT, ECHO -> true;
      case CHAT, FANOUT -> false;
    };
  }

  int room(int index) {
    return index % phase.rooms();
  }

  /**
   * The place of arrival {@code n} among those that the same listener can hear. Those are all where
   * the answer goes to the client that asked, and otherwise the ones of its room.
   */
  int turn(int n) {
    return n / turnSize();
  }

  /** Arrivals that follow one another and of which one listener can hear one. */
  int turnSize() {
    return answersTheAsker() ? 1 : phase.rooms();
  }

  /** True when the publishers are subscribers, who need not receive their own publications. */
  boolean membersPublish() {
    return phase.publishingMembers() > 0;
  }

  /** Whether arrival {@code n} is that of this membership. */
  boolean sends(int membership, int n) {
    return membersPublish() && n % publishers == membership;
  }

  /**
   * The membership by which a subscriber hears arrival {@code n}; its first where it hears none.
   */
  int membership(int subscriber, int n) {
    int each = phase.roomsPerClient();
    if (each == 1) {
      return subscriber;
    }
    int first = subscriber * each;
    int turn = Math.floorMod(n - first, phase.rooms());
    return turn < each ? first + turn : first;
  }

  /** Deliveries that arrival {@code n} should cause. */
  int expected(int n) {
    if (phase.kind() == PhaseKind.IDLE) {
      return 0;
    }
    if (answersTheAsker()) {
      return 1;
    }
    int even = phase.memberships() / phase.rooms();
    int members = room(n) < phase.memberships() % phase.rooms() ? even + 1 : even;
    return membersPublish() ? members - 1 : members;
  }
}
