package dev.fanbench.baseline.chat;

import dev.fanbench.baseline.broadcast.Broadcaster;
import java.time.InstantSource;
import java.util.Optional;

/**
 * All rooms of a server. A room exists from its first join on; of rooms without members, the last
 * ones left are remembered. Thread-safe.
 */
public final class InMemoryChat {
  private final RoomDirectory rooms;
  private final Broadcaster everyone;
  private final InstantSource clock;

  /**
   * A chat without rooms.
   *
   * @param audiences makes the audience of each new room, and hears which rooms have members
   * @param clock dates what is kept in the history
   * @param limits of what is remembered
   */
  public InMemoryChat(
      AudienceSource audiences, InstantSource clock, RoomLimits limits, RoomCounter counters) {
    this.everyone = audiences.everyone();
    this.clock = clock;
    HistoryBudget budget = new HistoryBudget(limits.historyBytes());
    this.rooms =
        new RoomDirectory(
            limits.emptyRooms(),
            name ->
                new Room(
                    name,
                    audiences.room(name),
                    new History(limits.roomHistoryBytes(), budget, counters),
                    this),
            audiences,
            counters);
  }

  /** The room called {@code name}, if it is remembered. */
  public Optional<Room> room(String name) {
    return rooms.find(name);
  }

  /** The room called {@code name}, made if it is new; until {@link #leave} it is remembered. */
  Room enter(String name) {
    return rooms.enter(name);
  }

  /** Takes back one {@link #enter}. */
  void leave(Room room) {
    rooms.leave(room);
  }

  /** The answer to {@code fetchChannels}. */
  String channelsList() {
    return rooms.list();
  }

  /** Keeps what was said now, in place of what is older where that is too much. */
  void keep(History history, String senderName, String text) {
    RoomMessage message = new RoomMessage(clock.millis(), senderName, text);
    if (!history.add(message)) {
      rooms.clearHistories();
      history.addInPlaceOfOldest(message);
    }
  }

  /** Every connection, whatever its room. */
  Broadcaster everyone() {
    return everyone;
  }

  /** Members of the rooms now, and of the server, which each connection is once more. */
  public int members() {
    return everyone.size() + rooms.members();
  }

  long nowSeconds() {
    return clock.instant().getEpochSecond();
  }
}
