package dev.fanbench.gatling.dialect;

import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * The values of placeholders in one frame. Immutable.
 *
 * @param client number of the connection, from 0
 * @param user the name of the client's user
 * @param token the client's credential; empty when it has none
 * @param room the room that the frame is about; empty before a join
 * @param text of a publication
 * @param number new to the connection
 * @param seen texts that were captured while the connection opened, by name
 * @param epochSeconds seconds since 1970
 */
public record FrameContext(
    int client,
    String user,
    String token,
    String room,
    String text,
    long number,
    Map<String, String> seen,
    long epochSeconds) {
  public FrameContext {
    seen = Map.copyOf(seen);
  }

  /** A connection that has not joined or captured anything. */
  public static FrameContext of(int client, String user, String token, long epochSeconds) {
    return new FrameContext(client, user, token, "", "", 0, Map.of(), epochSeconds);
  }

  /** These values with another room. */
  public FrameContext withRoom(String name) {
    return new FrameContext(client, user, token, name, text, number, seen, epochSeconds);
  }

  /** These values with the text of a publication. */
  public FrameContext withText(String payload) {
    return new FrameContext(client, user, token, room, payload, number, seen, epochSeconds);
  }

  /** These values with another number. */
  public FrameContext withNumber(long next) {
    return new FrameContext(client, user, token, room, text, next, seen, epochSeconds);
  }

  /** These values with captured texts. */
  public FrameContext withSeen(Map<String, String> captured) {
    return new FrameContext(client, user, token, room, text, number, captured, epochSeconds);
  }

  /** These values at another time. */
  public FrameContext withEpochSeconds(long seconds) {
    return new FrameContext(client, user, token, room, text, number, seen, seconds);
  }

  /** The bytes that stand for a placeholder without a function. */
  byte[] value(Placeholder placeholder) {
    return switch (placeholder) {
      case ROOM -> bytes(room);
      case TEXT -> bytes(text);
      case N -> bytes(Long.toString(number));
      case CLIENT -> bytes(Integer.toString(client));
      case USER -> bytes(user);
      case TOKEN -> bytes(token);
      case EPOCH_SECONDS -> bytes(Long.toString(epochSeconds));
    };
  }

  /** A captured text; empty when nothing was captured under the name. */
  byte[] seenText(String name) {
    return bytes(seen.getOrDefault(name, ""));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
