package dev.fanbench.baseline.chat;

import dev.fanbench.baseline.broadcast.Broadcaster;
import java.time.InstantSource;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;

/**
 * All rooms of a server. A room exists from its first join on and for ever, as the list of channels
 * names every room that ever was. Thread-safe.
 */
public final class Chat {
  private final ConcurrentMap<String, Room> rooms = new ConcurrentHashMap<>();
  private final Supplier<Broadcaster> audiences;
  private final Broadcaster everyone;
  private final InstantSource clock;

  /**
   * A chat without rooms.
   *
   * @param audiences makes the audience of each new room
   * @param clock dates what is kept in the history
   */
  public Chat(Supplier<Broadcaster> audiences, InstantSource clock) {
    this.audiences = audiences;
    this.everyone = audiences.get();
    this.clock = clock;
  }

  /** The room called {@code name}, made if it is new. */
  public Room room(String name) {
    // Looked up first: the common case should not lock the map's bin.
    Room room = rooms.get(name);
    return room != null
        ? room
        : rooms.computeIfAbsent(name, fresh -> new Room(fresh, audiences.get(), clock));
  }

  /** The names of all rooms, in no order. */
  public Set<String> roomNames() {
    return rooms.keySet();
  }

  /** Every connection, whatever its room. */
  Broadcaster everyone() {
    return everyone;
  }

  long nowSeconds() {
    return clock.instant().getEpochSecond();
  }
}
