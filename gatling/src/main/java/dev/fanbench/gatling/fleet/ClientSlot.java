package dev.fanbench.gatling.fleet;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A place in a room that a client is to take.
 *
 * @param role what the client does there
 * @param room the room's name as in {@code /channel room}: 1 to 64 characters, no blank or {@code
 *     #} at its ends, no control characters
 */
public record ClientSlot(StampMeaning role, String room) {
  private static final int MAX_ROOM_CHARACTERS = 64;

  public ClientSlot {
    Objects.requireNonNull(role, "role");
    requireRoom(room);
  }

  /** Subscribers 0 to {@code count - 1}, dealt out to the rooms in turn. */
  public static List<ClientSlot> subscribers(int count, List<String> rooms) {
    return IntStream.range(0, count)
        .mapToObj(i -> new ClientSlot(new StampMeaning.Subscriber(i), rooms.get(i % rooms.size())))
        .toList();
  }

  /** One publisher for each of the rooms. */
  public static List<ClientSlot> publishers(List<String> rooms) {
    return rooms.stream().map(room -> new ClientSlot(new StampMeaning.Publisher(), room)).toList();
  }

  /** {@code count} background clients, spread over the rooms in turn. */
  public static List<ClientSlot> background(int count, List<String> rooms) {
    return IntStream.range(0, count)
        .mapToObj(i -> new ClientSlot(new StampMeaning.Background(), rooms.get(i % rooms.size())))
        .toList();
  }

  static void requireRoom(String room) {
    boolean allowed =
        !room.isEmpty()
            && room.length() <= MAX_ROOM_CHARACTERS
            && room.equals(room.strip())
            && !room.startsWith("#")
            && !room.endsWith("#")
            && room.chars().noneMatch(Character::isISOControl);
    if (!allowed) {
      throw new IllegalArgumentException(
          "room '"
              + room
              + "' is not allowed, must be 1 to 64 characters without blanks, # or"
              + " control characters at its ends");
    }
  }
}
