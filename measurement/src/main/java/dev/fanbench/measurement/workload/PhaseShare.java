package dev.fanbench.measurement.workload;

import java.util.Optional;

/**
 * The share of a phase that one shard offers.
 *
 * <p>Arrival {@code k} of the whole belongs to shard {@code k % n}. Where each room has a member
 * for every shard, all shards have all rooms, and member {@code m} of a room belongs to shard
 * {@code m % n}. Otherwise room {@code r} belongs to shard {@code r % n} with all its members.
 *
 * @param whole as all shards offer it together
 * @param shard whose share it is
 */
public record PhaseShare(Phase whole, Shard shard) {

  /**
   * The share.
   *
   * @throws IllegalArgumentException with the sentence of {@link #lack} when there is no such share
   */
  public PhaseShare {
    lack(whole, shard.count())
        .ifPresent(
            sentence -> {
              throw new IllegalArgumentException(sentence);
            });
  }

  /**
   * A sentence about the things of which a phase has too few for so many shards; empty if it can be
   * shared.
   */
  public static Optional<String> lack(Phase whole, int shards) {
    if (whole.count() < shards) {
      return lack(whole, whole.count(), "arrivals", shards);
    }
    if (shards > 1 && whole.roomsPerClient() > 1) {
      return Optional.of(
          "Phase %s has clients in %d rooms each, and shards take clients of one room."
              .formatted(whole.name(), whole.roomsPerClient()));
    }
    return switch (whole.kind()) {
      case CONNECT -> Optional.empty();
      case IDLE -> lack(whole, whole.subscribers(), "connections", shards);
      case ECHO -> lack(whole, whole.rooms(), "clients", shards);
      case CHAT -> lack(whole, whole.rooms(), "rooms", shards);
      case FANOUT ->
          whole.membersOfRoom() < needed(whole, shards)
              ? lack(whole, whole.rooms(), "rooms of " + whole.membersOfRoom(), shards)
              : whole.publishingMembers() > 0
                  ? lack(whole, whole.publishingMembers(), "publishers", shards)
                  : Optional.empty();
    };
  }

  /** Members that a room needs to be shared. One that publishes alone would never be heard. */
  private static int needed(Phase whole, int shards) {
    return whole.publishingMembers() > 0 ? 2 * shards : shards;
  }

  private static Optional<String> lack(Phase whole, int has, String things, int shards) {
    return has >= shards
        ? Optional.empty()
        : Optional.of(
            "Phase %s has %d %s, which is too few for %d shards."
                .formatted(whole.name(), has, things, shards));
  }

  /** Whether the members of each room are spread over all shards. */
  public boolean sharesRooms() {
    return !shard.isAlone()
        && (whole.kind() == PhaseKind.IDLE
            || (whole.kind() == PhaseKind.FANOUT
                && whole.membersOfRoom() >= needed(whole, shard.count())));
  }

  /** The share as a phase of its own: its arrivals and members count from 0 again. */
  public Phase own() {
    if (shard.isAlone()) {
      return whole;
    }
    int rooms = ownRooms();
    int members = sharesRooms() ? shard.share(whole.membersOfRoom()) : whole.membersOfRoom();
    return PhaseBuilder.builder(whole)
        .rooms(rooms)
        .subscribers(rooms * members)
        .publishingMembers(
            sharesRooms() ? shard.share(whole.publishingMembers()) : whole.publishingMembers())
        .count(shard.share(whole.count()))
        .ratePerSecond(whole.ratePerSecond() / shard.count())
        .background(whole.background().share(shard))
        .blocks(blocks())
        .burst(1)
        .build();
  }

  private int ownRooms() {
    return sharesRooms() || whole.kind() == PhaseKind.CONNECT
        ? whole.rooms()
        : shard.share(whole.rooms());
  }

  /**
   * A number of blocks for which the blocks of all shards have equally many arrivals, so that each
   * begins at the same arrival of the whole. A block would cut bursts.
   */
  private int blocks() {
    int most = shard.other(0).share(whole.count());
    int least = whole.count() / shard.count();
    for (int blocks = Math.min(whole.blocks(), least); blocks > 1 && whole.burst() == 1; blocks--) {
      int size = parts(most, blocks);
      if (parts(least, blocks) == size
          && parts(most, size) == blocks
          && parts(least, size) == blocks) {
        return blocks;
      }
    }
    return 1;
  }

  private static int parts(int all, int size) {
    return (all + size - 1) / size;
  }

  /** The share of another shard of the run. */
  public PhaseShare of(int index) {
    return new PhaseShare(whole, shard.other(index));
  }

  /** The room's number among all, by its number among those of this shard. */
  public int room(int ownRoom) {
    return sharesRooms() || shard.isAlone() ? ownRoom : shard.nth(ownRoom);
  }

  /** Numbers that the publishers of all shards take in this phase. */
  public int publisherNumbers() {
    return shard.count() * of(0).own().publishers();
  }

  /** Deliveries to this shard's members that each publication of another shard should cause. */
  public int foreignFanOut() {
    return sharesRooms() && whole.kind() == PhaseKind.FANOUT ? own().membersOfRoom() : 0;
  }
}
