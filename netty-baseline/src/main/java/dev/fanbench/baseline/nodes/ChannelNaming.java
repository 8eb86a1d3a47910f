package dev.fanbench.baseline.nodes;

import java.nio.charset.StandardCharsets;

/**
 * Names the channels in Redis: {@code fanbench:STAGE:all} for every connection, and {@code
 * fanbench:STAGE:room:NAME} for a room.
 *
 * <p>All bytes of a room's name but letters, digits, {@code -} and {@code _} are percent-encoded.
 * So two rooms never share a channel, and a name cannot be a pattern or end a line of a log.
 */
record ChannelNaming(String stage) {
  private static final char[] HEX = "0123456789ABCDEF".toCharArray();

  /** The channel of every connection. */
  String everyone() {
    return "fanbench:" + stage + ":all";
  }

  /** The channel of a room. */
  String room(String name) {
    StringBuilder channel = new StringBuilder("fanbench:").append(stage).append(":room:");
    for (byte each : name.getBytes(StandardCharsets.UTF_8)) {
      if (isPlain(each)) {
        channel.append((char) each);
      } else {
        channel.append('%').append(HEX[each >> 4 & 0xf]).append(HEX[each & 0xf]);
      }
    }
    return channel.toString();
  }

  private static boolean isPlain(byte each) {
    return (each >= 'a' && each <= 'z')
        || (each >= 'A' && each <= 'Z')
        || (each >= '0' && each <= '9')
        || each == '-'
        || each == '_';
  }
}
