package dev.fanbench.protocol.contract;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Frames that no decent client sends, and some that one would; the same for the same seed. */
public final class RandomFrames {
  private static final int[] RESERVED_OPCODES = {3, 4, 5, 6, 7, 11, 12, 13, 14, 15};
  private static final int[] RESERVED_CODES = {0, 999, 1000, 1004, 1005, 1006, 1015, 2999, 65535};
  private static final List<String> WORDS =
      List.of(
          "hello",
          "\u00e9\u65e5\ud83d\ude00",
          "\"",
          "\\",
          "\\u00e9",
          "{",
          "}",
          "[",
          "]",
          ":",
          ",",
          " ",
          "\n",
          "\u0000",
          "\u2028",
          "null",
          "true",
          "-1.5e3",
          "9223372036854775808",
          "#",
          "/",
          "<b>&amp;</b>",
          "fb1:",
          "\"data\":",
          "\"type\":1,",
          "\"echo\":true,",
          "\"action\":\"rpc\",",
          ":action",
          ":broadcast",
          "#inst \"x\"",
          "%s",
          "${x}");

  private final SplittableRandom random;

  /** The frames of a seed. */
  public RandomFrames(long seed) {
    random = new SplittableRandom(seed);
  }

  /**
   * A message in one frame or several, perhaps with a ping or a pong in it, after which more may
   * follow.
   */
  public byte[] message() {
    byte[] text = text().getBytes(StandardCharsets.UTF_8);
    if (random.nextInt(4) > 0) {
      return RawSocket.encode(RawSocket.TEXT, true, text);
    }
    ByteArrayOutputStream frames = new ByteArrayOutputStream();
    int opcode = RawSocket.TEXT;
    int start = 0;
    while (random.nextBoolean()) {
      int end = start + random.nextInt(text.length - start + 1);
      frames.writeBytes(RawSocket.encode(opcode, false, slice(text, start, end)));
      opcode = RawSocket.CONTINUATION;
      start = end;
      if (random.nextBoolean()) {
        int control = random.nextBoolean() ? RawSocket.PING : RawSocket.PONG;
        frames.writeBytes(RawSocket.encode(control, true, bytes(125)));
      }
    }
    frames.writeBytes(RawSocket.encode(opcode, true, slice(text, start, text.length)));
    return frames.toByteArray();
  }

  /** A binary message: a request, a response, a notice or neither. */
  public byte[] binary() {
    byte[] payload = bytes(40);
    if (payload.length > 0 && random.nextInt(4) > 0) {
      payload[0] = (byte) (random.nextInt(3) - 1);
    }
    return RawSocket.encode(RawSocket.BINARY, true, payload);
  }

  /** Something that most likely ends the connection. */
  public byte[] violation() {
    return switch (random.nextInt(9)) {
      case 0 -> RawSocket.encode(pick(RESERVED_OPCODES), random.nextBoolean(), bytes(20));
      case 1 -> RawSocket.encode(0x40 | RawSocket.TEXT, true, bytes(20));
      case 2 -> RawSocket.encode(RawSocket.CONTINUATION, true, bytes(20));
      case 3 -> RawSocket.encode(RawSocket.PING, random.nextBoolean(), new byte[126]);
      case 4 -> RawSocket.encode(RawSocket.CLOSE, true, badClose());
      case 5 -> RawSocket.encode(RawSocket.BINARY, true, new byte[140_000]);
      case 6 -> new byte[] {(byte) 0x81, 1, 'a'};
      case 7 -> binary();
      default -> RawSocket.encode(RawSocket.TEXT, true, brokenUtf8());
    };
  }

  /** Up to {@code most} bytes that mean nothing. */
  byte[] bytes(int most) {
    byte[] bytes = new byte[random.nextInt(most + 1)];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Half a code, a code that nobody may send, or a reason that is no text. */
  private byte[] badClose() {
    if (random.nextInt(3) == 0) {
      return new byte[] {3};
    }
    int code = pick(RESERVED_CODES);
    return new byte[] {(byte) (code >> 8), (byte) code, (byte) 0xff};
  }

  private byte[] brokenUtf8() {
    byte[] text = (text() + "\u65e5").getBytes(StandardCharsets.UTF_8);
    text[text.length - 1 - random.nextInt(3)] = (byte) 0xff;
    return text;
  }

  /** Mostly what costs a server little, so that 10,000 of them take seconds on a slow one too. */
  String text() {
    int kind = random.nextInt(48);
    if (kind < 6) {
      return " ".repeat(random.nextInt(3));
    } else if (kind < 14) {
      return "/" + words(3);
    } else if (kind < 15) {
      return "/name " + words(3);
    } else if (kind < 16) {
      return "/channel room-" + random.nextInt(5);
    } else if (kind < 21) {
      return "{\"action\":\"rpc\",\"id\":\"%s\",\"body\":%s}".formatted(words(1), value(2));
    } else if (kind < 24) {
      return "{\"action\":\"command\",\"data\":%s}".formatted(value(1));
    } else if (kind < 36) {
      return "{:%s".formatted(words(8));
    } else if (kind < 42) {
      return broken("{:action :broadcast :message \"%s\"}".formatted(words(1)));
    } else if (kind < 43) {
      return broken("{\"action\":\"broadcast\",\"message\":%s}".formatted(value(1)));
    } else if (kind < 46) {
      return random.nextBoolean() ? envelope() : broken(envelope());
    }
    return words(10);
  }

  /** Most often of the right types. */
  private String envelope() {
    return "{\"Echo\":%s,\"type\":%s,\"data\":%s}"
        .formatted(
            random.nextInt(4) > 0 ? random.nextBoolean() : value(0),
            random.nextInt(4) > 0 ? random.nextInt(-9, 10) : value(0),
            value(3));
  }

  /** JSON, as far as the words in it allow. */
  private String value(int depth) {
    return switch (random.nextInt(depth > 0 ? 8 : 6)) {
      case 0 -> "null";
      case 1 -> String.valueOf(random.nextBoolean());
      case 2 -> String.valueOf(random.nextInt(-100, 100));
      case 3 -> "1.50e" + random.nextInt(400);
      case 4 -> "\"" + words(2) + "\"";
      case 5 -> "\"fetchChannels\"";
      case 6 -> "[%s, %s]".formatted(value(depth - 1), value(depth - 1));
      default -> "{\"a\": %s,\"\":%s}".formatted(value(depth - 1), value(depth - 1));
    };
  }

  /** Most of the time, something is missing from the end. */
  private String broken(String text) {
    return random.nextInt(8) == 0 ? text : text.substring(0, random.nextInt(text.length() + 1));
  }

  private String words(int most) {
    StringBuilder words = new StringBuilder();
    for (int left = random.nextInt(most + 1); left > 0; left--) {
      words.append(WORDS.get(random.nextInt(WORDS.size())));
    }
    return words.toString();
  }

  private int pick(int[] from) {
    return from[random.nextInt(from.length)];
  }

  private static byte[] slice(byte[] bytes, int start, int end) {
    return Arrays.copyOfRange(bytes, start, end);
  }
}
