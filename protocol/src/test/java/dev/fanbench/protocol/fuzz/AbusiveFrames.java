package dev.fanbench.protocol.fuzz;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.fanbench.protocol.contract.RandomFrames;
import dev.fanbench.protocol.contract.RawSocket;
import java.util.Random;

/** Frames whose answers are large or many, and some that end the connection. */
final class AbusiveFrames {
  /** Requests of this size fit a frame of API Gateway. */
  private static final int LONGEST_BODY = 30_000;

  private static final int SHORT_BODY = 500;
  private static final int LONG_ONE_IN = 20;
  private static final int LONGEST_PING = 125;
  private static final int VIOLATION_ONE_IN = 60;

  private final Random random;
  private final RandomFrames others;
  private final boolean binary;

  /**
   * The frames of a seed.
   *
   * @param binary whether binary frames are requests; where they are not, they end the connection
   */
  AbusiveFrames(long seed, boolean binary) {
    random = new Random(seed);
    others = new RandomFrames(seed);
    this.binary = binary;
  }

  byte[] next() {
    if (random.nextInt(VIOLATION_ONE_IN) == 0) {
      return random.nextBoolean() ? others.violation() : declared();
    }
    return switch (random.nextInt(10)) {
      case 0 -> text(request("abuse", "x".repeat(random.nextInt(longest()))));
      case 1, 2, 3, 4 -> text("{\"action\":\"command\",\"data\":\"fetchChannels\"}");
      case 5 -> RawSocket.encode(RawSocket.PING, true, new byte[random.nextInt(LONGEST_PING + 1)]);
      case 6 -> text(request("a", "b") + "\n" + request("c", "d") + "\n");
      case 7 -> text("%zz %s ${jndi:x} " + "%".repeat(random.nextInt(1_000)));
      case 8 -> binary ? binaryRequest() : text("{:action :broad\"cast " + "1".repeat(500) + "N}");
      default -> others.message();
    };
  }

  /** Mostly short: the leak detector makes a server pay for each byte that it is sent. */
  private int longest() {
    return random.nextInt(LONG_ONE_IN) == 0 ? LONGEST_BODY : SHORT_BODY;
  }

  /** A text request, whose answer is its body. */
  static String request(String id, String body) {
    return "{\"action\":\"rpc\",\"id\":\"%s\",\"body\":\"%s\"}".formatted(id, body);
  }

  private byte[] binaryRequest() {
    byte[] request = new byte[9 + random.nextInt(longest())];
    request[0] = 1;
    request[8] = (byte) random.nextInt();
    return RawSocket.encode(RawSocket.BINARY, true, request);
  }

  /** The head of a frame that is too long for anything, and a few bytes of it. */
  private byte[] declared() {
    byte[] frame =
        "\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000\u0000mask".getBytes(US_ASCII);
    frame[0] = (byte) 0x81;
    frame[1] = (byte) 0xff;
    frame[2 + random.nextInt(4)] = (byte) (random.nextInt(127) + 1);
    return frame;
  }

  private static byte[] text(String text) {
    return RawSocket.encode(RawSocket.TEXT, true, text.getBytes(UTF_8));
  }
}
