package dev.fanbench.emulator;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanbench.emulator.gateway.AssumedBehavior;
import dev.fanbench.protocol.contract.RawSocket;
import dev.fanbench.protocol.contract.RawSocket.Received;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Messages of clients that agreed to permessage-deflate, both ways. */
class PermessageDeflateTest {
  private static final String OFFER =
      "Sec-WebSocket-Extensions: permessage-deflate; server_max_window_bits=12;"
          + " client_max_window_bits\r\n";
  private static final int DEFLATED_TEXT = RawSocket.TEXT | RawSocket.DEFLATED;
  private static final int MESSAGE = 128 * 1024;
  private static final int FRAME = 32 * 1024;
  private static TestApi api;

  @BeforeAll
  static void start() throws IOException {
    Leaks.watch();
    api = TestApi.start().on("MessageFunction", PermessageDeflateTest::echo);
  }

  @AfterAll
  static void stop() {
    api.close();
    Leaks.assertNone();
  }

  private static String echo(JsonNode event) {
    return "{\"statusCode\":200,\"body\":" + event.get("body") + "}";
  }

  private static String message(String text) {
    return "{\"action\":\"twoWay\",\"text\":\"" + text + "\"}";
  }

  @Test
  void messagesReferToEarlierOnesAndAnswersToNone() throws Exception {
    String words = "so many words, so many words, ".repeat(40);
    int before = 0;
    try (RawSocket raw = deflating();
        DeflateText client = new DeflateText()) {
      for (int i = 0; i < 40; i++) {
        String sent = message(i + words + random(i, 2_000));
        byte[] deflated = client.deflated(sent);
        raw.frame(DEFLATED_TEXT, true, deflated);
        Received answer = raw.next();
        assertTrue(answer.isDeflated());
        try (DeflateText fresh = new DeflateText()) {
          assertEquals(sent, fresh.text(answer));
        }
        before += sent.length();
      }
      assertTrue(before > 2 * FRAME);
      assertEquals(FRAME, counter("deflate.contextBytes"), "the largest window");
    }
    TestApi.await(() -> counter("deflate.contextBytes") == 0);
  }

  @Test
  void smallContextOfAClientThatSaysLittle() throws Exception {
    try (RawSocket raw = deflating();
        DeflateText client = new DeflateText()) {
      assertEquals(0, counter("deflate.contextBytes"));
      String sent = message("");
      raw.frame(DEFLATED_TEXT, true, client.deflated(sent));
      assertEquals(sent, client.text(raw.next()));
      assertEquals(sent.length(), counter("deflate.contextBytes"));
    }
    TestApi.await(() -> counter("deflate.contextBytes") == 0);
  }

  @Test
  void noContextIsKeptOfAClientThatNeedsNone() throws Exception {
    try (RawSocket raw =
        RawSocket.connect(
            api.url(),
            "Sec-WebSocket-Extensions: permessage-deflate; client_no_context_takeover\r\n")) {
      for (int i = 0; i < 3; i++) {
        try (DeflateText client = new DeflateText()) {
          raw.frame(DEFLATED_TEXT, true, client.deflated(message("again")));
          assertEquals(message("again"), client.text(raw.next()));
        }
      }
      assertEquals(0, counter("deflate.contextBytes"));
    }
  }

  @Test
  void noDistanceIsLongerThanTheWindow() throws Exception {
    String near = random(1, 1_500);
    String far = random(2, 5_000);
    try (RawSocket raw = deflating();
        DeflateText client = new DeflateText()) {
      assertTrue(answerBytes(raw, client, message(near + near)) < 1_700);
      // Letters of six bits take three quarters of their bytes, once or twice.
      assertTrue(answerBytes(raw, client, message(far + far)) > 7_000);
    }
  }

  private static int answerBytes(RawSocket raw, DeflateText client, String sent) throws Exception {
    raw.frame(DEFLATED_TEXT, true, client.deflated(sent));
    Received answer = raw.next();
    assertTrue(answer.isDeflated());
    assertEquals(sent, client.text(answer));
    return answer.payload().array().length;
  }

  @Test
  void postsAreDeflatedOnlyIfThatMakesThemShorter() throws Exception {
    try (RawSocket raw = deflating();
        DeflateText client = new DeflateText()) {
      String id = api.event("ConnectFunction").at("/requestContext/connectionId").asText();
      while (api.call("GET", id, "").statusCode() != 200) {
        id = api.event("ConnectFunction").at("/requestContext/connectionId").asText();
      }
      String text = "to be or not to be, ".repeat(20);
      long meteredBefore = counter("aws.messages");
      assertEquals(200, api.call("POST", id, text).statusCode());
      Received frame = raw.next();
      assertTrue(frame.isDeflated());
      assertTrue(frame.payload().remaining() < text.length() / 4);
      assertEquals(text, client.text(frame));
      assertEquals(200, api.call("POST", id, "short").statusCode());
      frame = raw.next();
      assertFalse(frame.isDeflated());
      assertEquals("short", frame.text());
      String large = "x".repeat(FRAME + 1);
      assertEquals(200, api.call("POST", id, large).statusCode());
      assertEquals(large, client.text(raw.next()));
      assertEquals(meteredBefore + 4, counter("aws.messages"), "metered by the inflated size");
    }
  }

  @Test
  void plainMessagesAreTakenTooAndControlFramesArePlain() throws Exception {
    try (RawSocket raw = deflating();
        DeflateText client = new DeflateText()) {
      raw.text(message("plain"));
      assertEquals(message("plain"), client.text(raw.next()));
      byte[] deflated = client.deflated(message("in three frames"));
      raw.frame(DEFLATED_TEXT, false, Arrays.copyOf(deflated, 5));
      raw.frame(RawSocket.PING, true, "are you there?".repeat(8).getBytes(US_ASCII));
      raw.frame(RawSocket.CONTINUATION, false, new byte[0]);
      raw.frame(RawSocket.CONTINUATION, true, Arrays.copyOfRange(deflated, 5, deflated.length));
      Received pong = raw.next();
      assertEquals(RawSocket.PONG, pong.opcode());
      assertFalse(pong.isDeflated());
      assertEquals("are you there?".repeat(8), pong.text());
      assertEquals(message("in three frames"), client.text(raw.next()));
      raw.frame(RawSocket.CLOSE, true, new byte[] {3, (byte) 0xe8});
      assertEquals(1000, raw.closeCode());
    }
  }

  /** Section 7.2.3.4 of the RFC. */
  @Test
  void senderMayEndTheStream() throws Exception {
    byte[] hello = {(byte) 0xf3, 0x48, (byte) 0xcd, (byte) 0xc9, (byte) 0xc9, 0x07, 0x00, 0x00};
    try (RawSocket raw = deflating();
        DeflateText client = new DeflateText()) {
      raw.frame(DEFLATED_TEXT, true, hello);
      assertTrue(client.text(raw.next()).startsWith("{\"message\": \"Forbidden\""));
    }
  }

  @Test
  void longestMessageIsTakenAndOneByteMoreIsNot() throws Exception {
    long before = hits("quota.messageBytes");
    try (RawSocket raw = deflating();
        DeflateText client = new DeflateText()) {
      byte[] longest = "x".repeat(MESSAGE).getBytes(US_ASCII);
      raw.frame(DEFLATED_TEXT, true, client.deflated(longest));
      assertTrue(client.text(raw.next()).startsWith("{\"message\": \"Forbidden\""));
      fragments(raw, client.deflated(random(3, MESSAGE)));
      assertTrue(client.text(raw.next()).startsWith("{\"message\": \"Forbidden\""));
      raw.frame(DEFLATED_TEXT, true, client.deflated(Arrays.copyOf(longest, MESSAGE + 1)));
      assertEquals(1009, raw.closeCode());
      assertTrue(raw.isAtEnd());
    }
    assertEquals(before + 1, hits("quota.messageBytes"));
  }

  @Test
  void longestMessageIsTakenEvenIfDeflatedItIsLonger() throws Exception {
    byte[] stored = new byte[5 + MESSAGE / 4];
    stored[1] = 0;
    stored[2] = (byte) (FRAME >> 8);
    stored[3] = (byte) 0xff;
    stored[4] = (byte) 0x7f;
    Arrays.fill(stored, 5, stored.length, (byte) 'x');
    byte[] whole = new byte[4 * stored.length + 1];
    for (int i = 0; i < 4; i++) {
      System.arraycopy(stored, 0, whole, i * stored.length, stored.length);
    }
    try (RawSocket raw = deflating();
        DeflateText client = new DeflateText()) {
      fragments(raw, whole);
      assertTrue(client.text(raw.next()).startsWith("{\"message\": \"Forbidden\""));
    }
  }

  @Test
  void bombIsRefused() throws Exception {
    try (DeflateText client = new DeflateText()) {
      byte[] bomb = client.deflated(new byte[20 * 1024 * 1024]);
      assertTrue(bomb.length < FRAME);
      assertEnds(1009, DEFLATED_TEXT, bomb);
    }
  }

  @Test
  void deflatedFramesAreBoundedAsPlainOnesAre() throws Exception {
    long before = hits("quota.frameBytes");
    assertEnds(1009, DEFLATED_TEXT, new byte[FRAME + 1]);
    assertEquals(before + 1, hits("quota.frameBytes"));
    byte[] nothing = new byte[FRAME];
    for (int i = 0; i + 5 <= FRAME; i += 5) {
      nothing[i + 3] = (byte) 0xff;
      nothing[i + 4] = (byte) 0xff;
    }
    try (RawSocket raw = deflating()) {
      raw.frame(DEFLATED_TEXT, false, nothing);
      for (int i = 0; i < 5; i++) {
        raw.frame(RawSocket.CONTINUATION, false, nothing);
      }
      assertEquals(1009, raw.closeCode());
      assertTrue(raw.isAtEnd());
    }
  }

  @Test
  void brokenRulesEndTheConnection() throws Exception {
    try (DeflateText client = new DeflateText()) {
      byte[] fine = client.deflated(message("fine"));
      assertEnds(1007, DEFLATED_TEXT, "this is nothing deflated".getBytes(US_ASCII));
      try (DeflateText other = new DeflateText()) {
        assertEnds(1007, DEFLATED_TEXT, other.deflated(new byte[] {(byte) 0xff, (byte) 0xfe}));
      }
      assertEnds(1007, DEFLATED_TEXT, client.deflated(message("fine")));
      assertEnds(1003, RawSocket.BINARY | RawSocket.DEFLATED, fine);
      assertEnds(1002, RawSocket.TEXT | 0x20, fine);
      assertEnds(1002, DEFLATED_TEXT | 0x10, fine);
      assertEnds(1002, RawSocket.PING | RawSocket.DEFLATED, new byte[0]);
      assertEnds(1002, RawSocket.CONTINUATION | RawSocket.DEFLATED, fine);
      try (RawSocket raw = deflating()) {
        raw.frame(DEFLATED_TEXT, false, fine);
        raw.frame(RawSocket.CONTINUATION | RawSocket.DEFLATED, true, fine);
        assertEquals(1002, raw.closeCode());
        assertTrue(raw.isAtEnd());
      }
      try (RawSocket raw = RawSocket.connect(api.url())) {
        raw.frame(DEFLATED_TEXT, true, fine);
        assertEquals(1002, raw.closeCode(), "it was not agreed");
      }
    }
  }

  @Test
  void nothingIsAgreedToWhereThatIsAssumed() throws Exception {
    AssumedBehavior never = AssumedBehavior.of(Map.of("permessageDeflate", "false"));
    try (TestApi off = TestApi.start(options -> options.withAssumptions(never))) {
      String upgrade = RawHttp.upgrade(off.url());
      String offer = upgrade.replace("\r\n\r\n", "\r\n" + OFFER + "\r\n");
      assertNull(RawHttp.ask(off.url(), offer).headers().get("sec-websocket-extensions"));
      try (RawSocket raw = RawSocket.connect(off.url(), OFFER);
          DeflateText client = new DeflateText()) {
        raw.frame(DEFLATED_TEXT, true, client.deflated("{}"));
        assertEquals(1002, raw.closeCode());
      }
    }
  }

  private static void fragments(RawSocket raw, byte[] deflated) throws IOException {
    for (int at = 0; at < deflated.length; at += FRAME) {
      int end = Math.min(deflated.length, at + FRAME);
      raw.frame(
          at == 0 ? DEFLATED_TEXT : RawSocket.CONTINUATION,
          end == deflated.length,
          Arrays.copyOfRange(deflated, at, end));
    }
  }

  private static void assertEnds(int code, int opcode, byte[] payload) throws IOException {
    try (RawSocket raw = deflating()) {
      raw.frame(opcode, true, payload);
      assertEquals(code, raw.closeCode());
      assertTrue(raw.isAtEnd());
    }
  }

  private static RawSocket deflating() throws IOException {
    return RawSocket.connect(api.url(), OFFER);
  }

  /** Letters and digits that differ from seed to seed. */
  private static String random(int seed, int length) {
    byte[] text = new byte[length];
    Random random = new Random(seed);
    for (int i = 0; i < length; i++) {
      int six = random.nextInt(62);
      text[i] = (byte) (six < 26 ? 'a' + six : six < 52 ? 'A' + six - 26 : '0' + six - 52);
    }
    return new String(text, UTF_8);
  }

  private static long counter(String name) {
    return api.emulator().counters().get(name);
  }

  private static long hits(String counter) {
    return api.emulator().counters().getOrDefault(counter, 0L);
  }
}
