package dev.fanbench.gatling.dialect;

import dev.fanbench.gatling.dialect.JoinRule.Confirmation;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * MQTT 3.1.1 over WebSocket (OASIS, chapters 2, 3 and 6): clean sessions, quality of service 0, and
 * the room as the topic. Its lengths are variable-length fields, which text templates cannot say.
 */
final class MqttDialect {
  /** The keep-alive time that the client states, and the time between its pings. */
  static final Duration KEEP_ALIVE = Duration.ofSeconds(30);

  private static final int CONNECT = 0x10;
  private static final int PUBLISH = 0x30;
  private static final int SUBSCRIBE = 0x82;
  private static final int CLEAN_SESSION = 0x02;
  private static final int USER_NAME = 0x80;
  private static final int PASSWORD = 0x40;
  private static final int LEVEL_3_1_1 = 4;
  private static final int LENGTH_BITS = 7;
  private static final int PACKET_ID = 1;
  private static final int ID_BITS_LEFT_OUT = 4;

  private MqttDialect() {}

  static Dialect of(
      String name,
      String about,
      String checked,
      ConnectRule connect,
      Duration keepAlive,
      Duration timeout) {
    return new Dialect(
        name,
        about,
        checked,
        new ConnectRule(connect.resource(), connect.headers(), List.of(FrameTemplate.text("mqtt"))),
        List.of(
            new OpenStep.Send(new Packet(CONNECT, false, values -> connect(values, keepAlive))),
            new OpenStep.Expect(begins("20 02 00 00"), Map.of())),
        new JoinRule(
            Optional.of(new Packet(SUBSCRIBE, true, MqttDialect::subscribe)),
            new Confirmation.Reply(begins("90 03 00 01 00")),
            true),
        new PublishRule.Frame(new Packet(PUBLISH, true, MqttDialect::publish), true),
        Optional.empty(),
        new KeepAlive(
            keepAlive,
            Optional.of(FrameTemplate.hex("c0 00")),
            List.of(new KeepAlive.Answer(begins("d0 00"), Map.of(), Optional.empty(), false))),
        Optional.of(FrameTemplate.hex("e0 00")),
        List.of(
            new RefusalRule(begins("20 02 00"), false),
            new RefusalRule(begins("90 03 00 01 80"), false)),
        timeout);
  }

  private static FrameMatch begins(String hex) {
    return FrameMatch.of(FrameMatch.Kind.BEGINS, List.of(FrameTemplate.hex(hex)));
  }

  private static byte[] connect(FrameContext values, Duration keepAlive) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    string(out, "MQTT");
    out.write(LEVEL_3_1_1);
    boolean credential = !values.token().isEmpty();
    out.write(CLEAN_SESSION | (credential ? USER_NAME | PASSWORD : 0));
    number(out, (int) keepAlive.toSeconds());
    string(out, clientId());
    if (credential) {
      string(out, values.user());
      string(out, values.token());
    }
    return out.toByteArray();
  }

  /**
   * Unique among all load processes, as a broker drops the older of two clients with one name. All
   * brokers take 23 letters and digits.
   */
  private static String clientId() {
    long bits = ThreadLocalRandom.current().nextLong() >>> ID_BITS_LEFT_OUT;
    return "fanbench%015x".formatted(bits);
  }

  private static byte[] subscribe(FrameContext values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    number(out, PACKET_ID);
    string(out, values.room());
    out.write(0);
    return out.toByteArray();
  }

  private static byte[] publish(FrameContext values) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    string(out, values.room());
    out.writeBytes(values.text().getBytes(StandardCharsets.UTF_8));
    return out.toByteArray();
  }

  private static void string(ByteArrayOutputStream out, String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    number(out, utf8.length);
    out.writeBytes(utf8);
  }

  private static void number(ByteArrayOutputStream out, int number) {
    out.write(number >>> 8);
    out.write(number);
  }

  /** The part of a packet after its length. */
  private interface Content {
    byte[] of(FrameContext values);
  }

  /** A control packet: its first byte, the length of the rest, and the rest. */
  private record Packet(int first, boolean namesRoom, Content content) implements FrameSource {
    @Override
    public byte[] bytes(FrameContext values) {
      byte[] rest = content.of(values);
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.write(first);
      int length = rest.length;
      do {
        int more = length >>> LENGTH_BITS;
        out.write((length & 0x7f) | (more > 0 ? 0x80 : 0));
        length = more;
      } while (length > 0);
      out.writeBytes(rest);
      return out.toByteArray();
    }

    @Override
    public boolean binary() {
      return true;
    }
  }
}
