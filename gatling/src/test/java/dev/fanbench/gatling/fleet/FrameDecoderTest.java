package dev.fanbench.gatling.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.clock.SystemNanoClock;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;

class FrameDecoderTest {
  private final RecordedFrames seen = new RecordedFrames();

  @Test
  void everySplitIntoThreeReadsSaysTheSame() {
    byte[] stream =
        encoded(
            text(true, "hello"),
            text(true, ""),
            text(false, "in "),
            new PingWebSocketFrame(bytes("p")),
            new ContinuationWebSocketFrame(false, 0, bytes("three ")),
            new ContinuationWebSocketFrame(true, 0, bytes("parts")),
            new BinaryWebSocketFrame(bytes("b".repeat(130))),
            new PongWebSocketFrame(bytes("q")),
            new CloseWebSocketFrame(1001, "bye"));
    List<String> expected =
        List.of(
            "message hello",
            "message ",
            "ping p",
            "message in three parts",
            "message " + "b".repeat(130),
            "pong q",
            "close 1001 bye");
    for (int first = 0; first <= stream.length; first++) {
      for (int second = first; second <= stream.length; second++) {
        RecordedFrames frames = new RecordedFrames();
        FrameDecoder decoder = new FrameDecoder();
        decoder.decode(stream, 0, first, frames);
        decoder.decode(stream, first, second, frames);
        decoder.decode(stream, second, stream.length, frames);
        assertEquals(expected, frames.lines, "split at " + first + " and " + second);
        assertTrue(decoder.finished());
      }
    }
  }

  @Test
  void oneByteAtATimeSaysTheSameForEveryLengthEncoding() {
    for (int length : new int[] {0, 1, 125, 126, 127, 65_535, 65_536, 70_000}) {
      byte[] stream = encoded(text(true, "x".repeat(length)), text(true, "end"));
      RecordedFrames frames = new RecordedFrames();
      FrameDecoder decoder = new FrameDecoder();
      for (int i = 0; i < stream.length; i++) {
        decoder.decode(stream, i, i + 1, frames);
      }
      assertEquals(List.of("message " + "x".repeat(length), "message end"), frames.lines);
    }
  }

  @Test
  void randomStreamsInRandomReadsAreWhatNettyEncoded() {
    for (int seed = 0; seed < 100; seed++) {
      Random random = new Random(seed);
      List<String> expected = new ArrayList<>();
      byte[] stream = encoded(randomFrames(random, expected));
      RecordedFrames frames = new RecordedFrames();
      FrameDecoder decoder = new FrameDecoder();
      for (int at = 0; at < stream.length; ) {
        int to = Math.min(stream.length, at + 1 + random.nextInt(1 + random.nextInt(3_000)));
        decoder.decode(stream, at, to, frames);
        at = to;
      }
      assertEquals(expected, frames.lines, "seed " + seed);
    }
  }

  @Test
  void garbageNeverThrowsAndIsReportedAtMostOnce() {
    for (int seed = 0; seed < 3_000; seed++) {
      Random random = new Random(seed);
      byte[] stream = new byte[random.nextInt(200)];
      random.nextBytes(stream);
      RecordedFrames frames = new RecordedFrames();
      FrameDecoder decoder = new FrameDecoder();
      int middle = stream.length / 2;
      decoder.decode(stream, 0, middle, frames);
      decoder.decode(stream, middle, stream.length, frames);
      long ends =
          frames.lines.stream()
              .filter(line -> line.startsWith("violation") || line.startsWith("close"))
              .count();
      assertEquals(decoder.finished() ? 1 : 0, ends, "seed " + seed);
    }
  }

  @Test
  void violationsAreNamed() {
    assertViolation("1002 a frame from the server is masked", 0x81, 0x80, 0, 0, 0, 0);
    assertViolation("1002 a reserved bit is set", 0xc1, 0);
    assertViolation("1002 unknown opcode 3", 0x83, 0);
    assertViolation("1002 unknown opcode 11", 0x8b, 0);
    assertViolation("1002 a continuation of nothing", 0x80, 0);
    assertViolation("1002 a new message before the end of a fragmented one", 0x01, 0, 0x81, 0);
    assertViolation("1002 a control frame is fragmented or over 125 bytes", 0x09, 0);
    assertViolation("1002 a close frame holds half a close code", 0x88, 1, 3);
    assertViolation(
        "1009 a frame of 18446744073709551615 bytes, over the limit",
        0x81,
        127,
        255,
        255,
        255,
        255,
        255,
        255,
        255,
        255);
  }

  @Test
  void sixteenMegabytesAreTheLongestFrame() {
    FrameDecoder decoder = new FrameDecoder();
    byte[] longest = encoded(text(true, "x".repeat(16 << 20)));
    decoder.decode(longest, 0, longest.length, seen);
    assertEquals(1, seen.lines.size());
    assertFalse(seen.lines.get(0).startsWith("violation"));
    assertViolation(
        "1009 a frame of 16777217 bytes, over the limit", 0x81, 127, 0, 0, 0, 0, 1, 0, 0, 1);
  }

  @Test
  void aFragmentedMessageOverTheLimitIsRefused() {
    FrameDecoder decoder = new FrameDecoder();
    byte[] begin = encoded(text(false, "x".repeat(FrameDecoder.MAX_MESSAGE_BYTES)));
    byte[] rest = encoded(new ContinuationWebSocketFrame(true, 0, bytes("y")));
    decoder.decode(begin, 0, begin.length, seen);
    decoder.decode(rest, 0, rest.length, seen);
    assertEquals(List.of("violation 1009 a fragmented message over the limit"), seen.lines);
  }

  @Test
  void deflatedMessagesSayTheSameHoweverTheyAreSplit() {
    byte[] hello = deflated(bytes("hello ".repeat(30)));
    byte[] parts = deflated(bytes("in three parts"));
    byte[] stream =
        encoded(
            new TextWebSocketFrame(true, 4, Unpooled.wrappedBuffer(hello)),
            text(true, "plain"),
            new BinaryWebSocketFrame(false, 4, Unpooled.wrappedBuffer(parts, 0, 5)),
            new PingWebSocketFrame(bytes("p")),
            new ContinuationWebSocketFrame(
                true, 0, Unpooled.wrappedBuffer(parts, 5, parts.length - 5)),
            text(true, "plain"));
    DeliveryInflater inflation = new DeliveryInflater(SystemNanoClock.INSTANCE);
    for (int split = 0; split <= stream.length; split++) {
      RecordedFrames frames = new RecordedFrames();
      FrameDecoder decoder = new FrameDecoder();
      decoder.inflateBy(inflation);
      decoder.decode(stream, 0, split, frames);
      decoder.decode(stream, split, stream.length, frames);
      assertEquals(
          List.of(
              "message " + "hello ".repeat(30),
              "message plain",
              "ping p",
              "message in three parts",
              "message plain"),
          frames.lines);
    }
  }

  @Test
  void whatInflatesToTooMuchOrNotAtAllIsAViolation() {
    ByteBuf bomb = Unpooled.wrappedBuffer(new byte[FrameDecoder.MAX_MESSAGE_BYTES + 1]);
    assertEquals(
        List.of("violation 1009 a deflated message over the limit"), inflating(deflated(bomb), 4));
    assertEquals(
        List.of("violation 1007 a message that cannot be inflated"),
        inflating(new byte[] {(byte) 0xff, 1, 2}, 4));
    assertEquals(
        List.of("violation 1002 a reserved bit is set"), inflating(deflated(bytes("x")), 2));
  }

  @Test
  void oneMessageOfSixteenIsTimed() {
    AtomicLong now = new AtomicLong();
    DeliveryInflater inflater = new DeliveryInflater(() -> now.getAndAdd(7));
    ByteBuf hello = Unpooled.wrappedBuffer(deflated(bytes("hello")));
    byte[] payload = new byte[hello.readableBytes()];
    hello.readBytes(payload);
    for (int message = 0; message < 33; message++) {
      assertEquals(5, inflater.inflate(payload, 0, payload.length));
    }
    assertEquals(6 * 7, now.get(), "two readings for each of three messages");
    assertEquals(new InflateCost(33, 7), inflater.takeCost());
    assertEquals(InflateCost.NONE, inflater.takeCost());
  }

  private static List<String> inflating(byte[] payload, int reserved) {
    byte[] stream =
        encoded(new TextWebSocketFrame(true, reserved, Unpooled.wrappedBuffer(payload)));
    RecordedFrames frames = new RecordedFrames();
    FrameDecoder decoder = new FrameDecoder();
    decoder.inflateBy(new DeliveryInflater(SystemNanoClock.INSTANCE));
    decoder.decode(stream, 0, stream.length, frames);
    return frames.lines;
  }

  /** As a target sends it: flushed, and without what the flush ends with. */
  private static byte[] deflated(ByteBuf message) {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    deflater.setInput(message.nioBuffer());
    byte[] room = new byte[message.readableBytes() + 64];
    int length = deflater.deflate(room, 0, room.length, Deflater.SYNC_FLUSH);
    deflater.end();
    return Arrays.copyOf(room, length - 4);
  }

  @Test
  void aCloseFrameWithoutCodeIs1005AndEndsTheStream() {
    byte[] stream = {(byte) 0x88, 0, (byte) 0x81, 1, 'x'};
    new FrameDecoder().decode(stream, 0, stream.length, seen);
    assertEquals(List.of("close 1005"), seen.lines);
  }

  private static void assertViolation(String expected, int... stream) {
    RecordedFrames frames = new RecordedFrames();
    byte[] bytes = new byte[stream.length];
    for (int i = 0; i < stream.length; i++) {
      bytes[i] = (byte) stream[i];
    }
    FrameDecoder decoder = new FrameDecoder();
    decoder.decode(bytes, 0, bytes.length, frames);
    decoder.decode(bytes, 0, bytes.length, frames);
    assertEquals("violation " + expected, frames.lines.get(frames.lines.size() - 1));
    assertEquals(1, frames.lines.stream().filter(line -> line.startsWith("violation")).count());
  }

  private static WebSocketFrame[] randomFrames(Random random, List<String> expected) {
    List<WebSocketFrame> frames = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String payload = randomText(random, random.nextInt(20) == 0 ? 70_000 : 300);
      switch (random.nextInt(4)) {
        case 0 -> {
          frames.add(new PingWebSocketFrame(bytes("ping " + i)));
          expected.add("ping ping " + i);
        }
        case 1 -> {
          String more = randomText(random, 200);
          frames.add(new BinaryWebSocketFrame(false, 0, bytes(payload)));
          frames.add(new PongWebSocketFrame(bytes("between")));
          frames.add(new ContinuationWebSocketFrame(true, 0, bytes(more)));
          expected.add("pong between");
          expected.add("message " + payload + more);
        }
        default -> {
          frames.add(text(true, payload));
          expected.add("message " + payload);
        }
      }
    }
    return frames.toArray(new WebSocketFrame[0]);
  }

  private static String randomText(Random random, int bound) {
    return random
        .ints(random.nextInt(bound), 'a', 'z' + 1)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static TextWebSocketFrame text(boolean last, String text) {
    return new TextWebSocketFrame(last, 0, bytes(text));
  }

  private static ByteBuf bytes(String text) {
    return Unpooled.copiedBuffer(text, StandardCharsets.ISO_8859_1);
  }

  /** What a server with Netty's encoder would send. */
  private static byte[] encoded(WebSocketFrame... frames) {
    EmbeddedChannel server = new EmbeddedChannel(new WebSocket13FrameEncoder(false));
    ByteArrayOutputStream stream = new ByteArrayOutputStream();
    for (WebSocketFrame frame : frames) {
      server.writeOutbound(frame);
      for (ByteBuf part = server.readOutbound(); part != null; part = server.readOutbound()) {
        byte[] bytes = new byte[part.readableBytes()];
        part.readBytes(bytes).release();
        stream.writeBytes(bytes);
      }
    }
    server.finishAndReleaseAll();
    return stream.toByteArray();
  }
}
