package dev.fanbench.baseline.chat;

import dev.fanbench.protocol.InitialRoom;
import dev.fanbench.protocol.ReplyFormat;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * The rooms that are remembered: those with members, and of the others the last ones left. The
 * first room is always there. Thread-safe.
 */
final class RoomDirectory {
  /** At least this much is made room for at a time, so that it is not for each message. */
  private static final long LEAST_CLEARED_BYTES = 1024 * 1024;

  private final int mostEmpty;
  private final Function<String, Room> maker;
  private final AudienceSource audiences;
  private final RoomCounter counters;

  /** Those with members, in the order in which they got them. */
  private final Map<String, Room> occupied = new LinkedHashMap<>();

  /** Those without, the one left first at the head. */
  private final Map<String, Room> empty = new LinkedHashMap<>();

  /** The list of channels as it is now; null after a change. */
  private String list;

  private int unlisted;

  /**
   * @param mostEmpty rooms without members that are remembered
   * @param maker makes a room of that name
   * @param audiences told which rooms have members
   */
  RoomDirectory(
      int mostEmpty, Function<String, Room> maker, AudienceSource audiences, RoomCounter counters) {
    this.mostEmpty = mostEmpty;
    this.maker = maker;
    this.audiences = audiences;
    this.counters = counters;
    enter(InitialRoom.FIRST_ROOM);
  }

  /** The room of that name, which counts one member more and is made if it is not remembered. */
  synchronized Room enter(String name) {
    Room room = occupied.get(name);
    if (room == null) {
      Room known = empty.remove(name);
      room = known == null ? maker.apply(name) : known;
      occupied.put(name, room);
      room.heard = audiences.occupied(name, room.audience());
      list = null;
    }
    room.members++;
    return room;
  }

  /** The room counts one member less. */
  synchronized void leave(Room room) {
    room.members--;
    if (room.members == 0) {
      occupied.remove(room.name());
      audiences.emptied(room.name());
      empty.put(room.name(), room);
      if (empty.size() > mostEmpty) {
        Iterator<Room> rooms = empty.values().iterator();
        rooms.next().history().clear();
        rooms.remove();
        counters.roomsForgotten().increment();
      }
      list = null;
    }
  }

  /** Members of all rooms, as their audiences have them. */
  synchronized int members() {
    return occupied.values().stream().mapToInt(Room::audienceSize).sum();
  }

  synchronized Optional<Room> find(String name) {
    Room room = occupied.get(name);
    return Optional.ofNullable(room == null ? empty.get(name) : room);
  }

  /** The answer to {@code fetchChannels}: rooms with members first, then those left last. */
  synchronized String list() {
    if (list == null) {
      List<String> left = new ArrayList<>(empty.keySet());
      Collections.reverse(left);
      List<String> names = new ArrayList<>(occupied.keySet());
      names.addAll(left);
      List<String> listed = ReplyFormat.listed(names);
      unlisted = names.size() - listed.size();
      list = ReplyFormat.channelsList(listed);
    }
    counters.roomsUnlisted().add(unlisted);
    return list;
  }

  /** Forgets what was said in rooms without members, the one left first before the others. */
  synchronized void clearHistories() {
    long cleared = 0;
    for (Room room : empty.values()) {
      cleared += room.history().clear();
      if (cleared >= LEAST_CLEARED_BYTES) {
        return;
      }
    }
  }
}
