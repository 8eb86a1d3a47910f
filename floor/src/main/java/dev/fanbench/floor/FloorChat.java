package dev.fanbench.floor;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanbench.target.Stopwatch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;

/** Interprets frames: keeps the members of each room and sends messages to all of them. */
final class FloorChat {

  /** A message over this closes with 1009, as on the other targets. */
  static final int MOST_MESSAGE_BYTES = 128 * 1024;

  private static final String CHANNEL = "/channel ";
  private static final String HELP = "Valid commands: /help, /name [NAME], /channel [CHAN_NAME]";
  private static final byte[] RPC = "{\"action\":\"rpc\",".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] BRACE = {'{'};
  private static final int LONGEST_PREFIX = 4 * 1024;
  private static final JsonMapper JSON = new JsonMapper();

  private final Map<String, FloorRoom> rooms = new HashMap<>();
  private final FrameBuffer out = new FrameBuffer(LONGEST_PREFIX + MOST_MESSAGE_BYTES);
  private final FloorTally counters;

  private final double slowdown;

  /**
   * @param slowdown the share by which each write takes longer: a change of a known size
   */
  FloorChat(FloorTally counters, double slowdown) {
    this.counters = counters;
    this.slowdown = slowdown;
  }

  /** A new client is in room {@code general}. */
  void enter(FloorConnection connection) {
    room("general").add(connection);
  }

  /** Closes the socket at once. */
  void drop(FloorConnection connection) {
    if (!connection.channel.isOpen()) {
      return;
    }
    if (connection.room != null) {
      connection.room.remove(connection);
    }
    try {
      connection.channel.close();
    } catch (IOException e) {
      // It is gone either way.
    }
    counters.closed();
  }

  /** Sends a Close frame; the client's own then ends the connection. */
  void close(FloorConnection connection, int code) throws IOException {
    if (!connection.upgraded) {
      drop(connection);
    } else if (!connection.closeSent) {
      connection.closeSent = true;
      out.begin(FrameBuffer.CLOSE, 2).putShort(code).end();
      write(connection);
    }
  }

  /**
   * Takes one whole frame from {@code in}; false when there is none, and {@code in} is as it was.
   */
  boolean takeFrame(FloorConnection connection, ByteBuffer in) throws IOException {
    int at = in.position();
    if (in.remaining() < 2) {
      return false;
    }
    int first = in.get(at) & 0xFF;
    int second = in.get(at + 1) & 0xFF;
    boolean masked = (second & 0x80) != 0;
    if (!masked) {
      refuse(connection, in, 1002);
      return false;
    }
    int shortLength = second & 0x7F;
    int head = (shortLength < 126 ? 2 : shortLength == 126 ? 4 : 10) + 4;
    if (in.remaining() < head) {
      return false;
    }
    long length =
        shortLength < 126
            ? shortLength
            : shortLength == 126 ? in.getShort(at + 2) & 0xFFFF : in.getLong(at + 2);
    if (length < 0 || length > MOST_MESSAGE_BYTES) {
      refuse(connection, in, 1009);
      return false;
    }
    if (in.remaining() < head + length) {
      return false;
    }
    int from = at + head;
    unmask(in, from, (int) length, in.getInt(from - 4));
    in.position(from + (int) length);
    take(connection, first, in, from, (int) length);
    return true;
  }

  private void take(FloorConnection connection, int first, ByteBuffer in, int from, int length)
      throws IOException {
    switch (first) {
      case 0x80 | FrameBuffer.TEXT -> text(connection, in, from, length);
      case 0x80 | FrameBuffer.PING -> {
        out.begin(FrameBuffer.PONG, length).put(in, from, length).end();
        write(connection);
      }
      case 0x80 | FrameBuffer.PONG -> {}
      case 0x80 | FrameBuffer.CLOSE -> {
        if (!connection.closeSent) {
          out.begin(FrameBuffer.CLOSE, length).put(in, from, length).end();
          write(connection);
        }
        drop(connection);
      }
      default -> refuse(connection, in, 1003);
    }
  }

  private void text(FloorConnection connection, ByteBuffer in, int from, int length)
      throws IOException {
    byte first = length == 0 ? (byte) ' ' : in.get(from);
    if (first <= ' ' && first >= 0 && string(in, from, length).isBlank()) {
      return;
    }
    if (first == '/') {
      command(connection, string(in, from, length));
    } else if (first == '{' && startsWith(in, from, length, RPC)) {
      // {"action":"rpc","id":…,"body":…} is its own answer but for the action.
      int rest = length - RPC.length;
      out.begin(FrameBuffer.TEXT, 1 + rest).put(BRACE).put(in, from + RPC.length, rest).end();
      write(connection);
    } else if (first != '{' || !otherRpc(connection, in, string(in, from, length))) {
      publish(connection, in, from, length);
    }
  }

  /** The fan-out: the frame is built once, and each other member costs one write. */
  private void publish(FloorConnection sender, ByteBuffer in, int from, int length) {
    FloorRoom room = sender.room;
    byte[] prefix = room.prefix();
    out.begin(FrameBuffer.TEXT, prefix.length + length).put(prefix).put(in, from, length).end();
    for (int i = room.size() - 1; i >= 0; i--) {
      FloorConnection member = room.member(i);
      if (member != sender) {
        deliver(member);
      }
    }
  }

  private void deliver(FloorConnection member) {
    try {
      ByteBuffer frame = out.again();
      if (member.hasPending()) {
        counters.queued();
        queue(member, frame);
        return;
      }
      counters.delivered();
      if (slowdown > 0) {
        writeSlowly(member, frame);
      } else {
        member.channel.write(frame);
      }
      if (frame.hasRemaining()) {
        counters.partialWrite();
        queue(member, frame);
      }
    } catch (IOException e) {
      drop(member);
    }
  }

  /**
   * Spins for a share of the time that the write took, so that the load's machine sets the scale.
   */
  private void writeSlowly(FloorConnection member, ByteBuffer frame) throws IOException {
    Stopwatch time = new Stopwatch();
    member.channel.write(frame);
    long untilNanos = Math.round(time.elapsedNanos() * (1 + slowdown));
    while (time.elapsedNanos() < untilNanos) {
      Thread.onSpinWait();
    }
  }

  private void command(FloorConnection connection, String text) throws IOException {
    String name = text.startsWith(CHANNEL) ? withoutMarks(text, CHANNEL.length()) : "";
    if (name.isEmpty() || name.length() > 64) {
      reply(connection, HELP);
      return;
    }
    connection.room.remove(connection);
    room(name).add(connection);
    reply(connection, "Changed to #" + name);
  }

  /** Each character is read once: a pattern reads a row of blanks once for each of them. */
  private static String withoutMarks(String text, int from) {
    int start = from;
    int end = text.length();
    while (start < end && isMark(text.charAt(start))) {
      start++;
    }
    while (end > start && isMark(text.charAt(end - 1))) {
      end--;
    }
    return text.substring(start, end);
  }

  private static boolean isMark(char c) {
    return c == '#' || Character.isWhitespace(c);
  }

  /** An rpc whose fields stand in another order or have blanks between them. */
  private boolean otherRpc(FloorConnection connection, ByteBuffer in, String text)
      throws IOException {
    JsonNode request;
    try {
      request = JSON.readTree(text);
    } catch (JsonProcessingException e) {
      return false;
    }
    if (!request.path("action").asText().equals("rpc")) {
      return false;
    }
    ObjectNode answer = JSON.createObjectNode();
    answer.set("id", request.path("id"));
    answer.set("body", request.path("body"));
    byte[] bytes = answer.toString().getBytes(StandardCharsets.UTF_8);
    // Numbers written out grow: 1e5 is 100000.0.
    if (bytes.length > MOST_MESSAGE_BYTES) {
      refuse(connection, in, 1009);
    } else {
      reply(connection, bytes);
    }
    return true;
  }

  private void reply(FloorConnection connection, String text) throws IOException {
    reply(connection, text.getBytes(StandardCharsets.UTF_8));
  }

  private void reply(FloorConnection connection, byte[] bytes) throws IOException {
    out.begin(FrameBuffer.TEXT, bytes.length).put(bytes).end();
    write(connection);
  }

  private void write(FloorConnection connection) throws IOException {
    ByteBuffer frame = out.again();
    if (!connection.hasPending()) {
      connection.channel.write(frame);
    }
    if (frame.hasRemaining()) {
      queue(connection, frame);
    }
  }

  private void queue(FloorConnection connection, ByteBuffer rest) {
    if (!connection.queue(rest)) {
      counters.slowDropped();
      drop(connection);
    }
  }

  /**
   * Says why and listens no more. The socket stays open until the client closes it: closed with
   * unread bytes it would be reset, and the reason lost.
   */
  private void refuse(FloorConnection connection, ByteBuffer in, int code) throws IOException {
    in.position(in.limit());
    close(connection, code);
    connection.deaf = true;
    // A client that had no space for the Close frame is dropped, and in no room.
    if (connection.room != null) {
      connection.room.remove(connection);
    }
  }

  private FloorRoom room(String name) {
    return rooms.computeIfAbsent(name, FloorRoom::new);
  }

  private static void unmask(ByteBuffer in, int from, int length, int mask) {
    int i = 0;
    for (; i + 4 <= length; i += 4) {
      in.putInt(from + i, in.getInt(from + i) ^ mask);
    }
    for (; i < length; i++) {
      in.put(from + i, (byte) (in.get(from + i) ^ (mask >>> (24 - 8 * (i & 3)))));
    }
  }

  private static boolean startsWith(ByteBuffer in, int from, int length, byte[] start) {
    for (int i = 0; i < start.length; i++) {
      if (i >= length || in.get(from + i) != start[i]) {
        return false;
      }
    }
    return true;
  }

  private static String string(ByteBuffer in, int from, int length) {
    byte[] bytes = new byte[length];
    in.get(from, bytes);
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
