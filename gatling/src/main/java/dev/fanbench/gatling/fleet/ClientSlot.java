package dev.fanbench.gatling.fleet;

import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * A place in one or more rooms that a client is to take.
 *
 * @param role what the client does there
 * @param rooms at least one; names as in {@code /channel room}: 1 to 64 characters, no blank or
 *     {@code #} at their ends, no control characters
 */
public record ClientSlot(StampMeaning role, List<String> rooms) {
  private static final int MAX_ROOM_CHARACTERS = 64;

  public ClientSlot {
    Objects.requireNonNull(role, "role");
    rooms = List.copyOf(rooms);
    if (rooms.isEmpty()) {
      throw new IllegalArgumentException("a slot has at least one room");
    }
    rooms.forEach(ClientSlot::requireRoom);
  }

  /** A place in one room. */
  public ClientSlot(StampMeaning role, String room) {
    this(role, List.of(room));
  }

  /** The first of the rooms. */
  public String room() {
    return rooms.get(0);
  }

  /**
   * Subscribers 0 to {@code count - 1}, each a member of so many rooms, which are dealt out in
   * turn.
   */
  public static List<ClientSlot> subscribers(int count, int each, List<String> rooms) {
    return IntStream.range(0, count)
        .mapToObj(
            i ->
                new ClientSlot(
                    new StampMeaning.Subscriber(i),
                    IntStream.range(i * each, (i + 1) * each)
                        .mapToObj(membership -> rooms.get(membership % rooms.size()))
                        .toList()))
        .toList();
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

  /**
   * Refuses names that no client may have joined.
   *
   * @throws IllegalArgumentException with a sentence for the user
   */
  public static void requireRoom(String room) {
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
