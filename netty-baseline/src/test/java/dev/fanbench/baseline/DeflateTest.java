package dev.fanbench.baseline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.baseline.broadcast.BroadcastKind;
import dev.fanbench.protocol.contract.ChatClient;
import dev.fanbench.protocol.contract.RawSocket;
import dev.fanbench.protocol.contract.RawSocket.Received;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** permessage-deflate: what is agreed, what goes out, and what may come in. */
class DeflateTest {
  private static final String OFFER = "Sec-WebSocket-Extensions: permessage-deflate\r\n";
  private static final String WORDS = "so many words, so many words, ".repeat(40);
  private static final int DEFLATED_TEXT = RawSocket.TEXT | RawSocket.DEFLATED;

  private NettyServer server;

  @BeforeEach
  void start() throws Exception {
    server =
        NettyServer.start(
            ServerOptions.defaults()
                .withLoops(2)
                .withRules(ConnectionRules.defaults().withDeflate(true)));
  }

  @AfterEach
  void everyBufferIsReleased() {
    server.close();
    assertEquals(0, server.pinnedDirectBytes());
  }

  @Test
  void aPublicationIsDeflatedOnceForAllWhoAgreedAndSentPlainToTheRest() throws Exception {
    try (ChatClient publisher = ChatClient.connect(server.url());
        ChatClient plain = ChatClient.connect(server.url());
        RawSocket one = deflating();
        RawSocket two = deflating();
        RawSocket three = deflating()) {
      for (int i = 0; i < 5; i++) {
        publisher.send(i + WORDS);
        String said = "#general anonymous: " + i + WORDS;
        assertEquals(said, plain.next());
        Received first = one.next();
        assertTrue(first.isDeflated());
        assertTrue(first.payload().remaining() < said.length() / 10);
        assertEquals(said, inflated(first));
        assertArrayEquals(first.payload().array(), two.next().payload().array());
        assertArrayEquals(first.payload().array(), three.next().payload().array());
      }
      Awaited.counter(server, "publications.deflated", 5);
      Awaited.counter(server, "deliveries.sent", 20);
    }
  }

  /** Neither when nobody agreed nor when the one who did is the publisher, nor when he has left. */
  @Test
  void nothingIsDeflatedForNobody() throws Exception {
    try (ChatClient listener = ChatClient.connect(server.url())) {
      try (RawSocket publisher = deflating()) {
        publisher.text(WORDS);
        assertEquals("#general anonymous: " + WORDS, listener.next());
      }
      Awaited.counter(server, "connections.open", 1);
      try (ChatClient publisher = ChatClient.connect(server.url())) {
        publisher.send(WORDS);
        assertEquals("#general anonymous: " + WORDS, listener.next());
      }
      Awaited.counter(server, "publications.deflated", 0);
    }
  }

  @Test
  void whatWouldNotBeShorterGoesOutPlain() throws Exception {
    try (ChatClient publisher = ChatClient.connect(server.url());
        RawSocket one = deflating()) {
      publisher.send("abcdefgh");
      Received frame = one.next();
      assertFalse(frame.isDeflated());
      assertEquals("#general anonymous: abcdefgh", frame.text());
    }
  }

  @Test
  void publicationsOfOneTurnAreJoinedInEitherForm() throws Exception {
    try (RawSocket publisher = deflating();
        RawSocket listener = deflating();
        ChatClient plain = ChatClient.connect(server.url())) {
      ByteArrayOutputStream segment = new ByteArrayOutputStream();
      for (int i = 0; i < 20; i++) {
        segment.write(RawSocket.encode(RawSocket.TEXT, true, utf8(i + (i % 2 == 0 ? WORDS : ""))));
      }
      publisher.bytes(segment.toByteArray());
      for (int i = 0; i < 20; i++) {
        String said = "#general anonymous: " + i + (i % 2 == 0 ? WORDS : "");
        Received frame = listener.next();
        assertEquals(i % 2 == 0, frame.isDeflated());
        assertEquals(said, inflated(frame));
        assertEquals(said, plain.next());
      }
      plain.send(WORDS);
      assertEquals("#general anonymous: " + WORDS, inflated(publisher.next()), "not its own words");
    }
  }

  @Test
  void messagesMayComeDeflatedWholeOrInPieces() throws Exception {
    try (RawSocket publisher = deflating();
        ChatClient plain = ChatClient.connect(server.url())) {
      publisher.frame(DEFLATED_TEXT, true, deflated(utf8("grüß " + WORDS)));
      assertEquals("#general anonymous: grüß " + WORDS, plain.next());

      byte[] pieces = deflated(utf8(WORDS));
      publisher.frame(DEFLATED_TEXT, false, Arrays.copyOf(pieces, 10));
      publisher.frame(RawSocket.PING, true, utf8("meanwhile"));
      publisher.frame(RawSocket.CONTINUATION, true, Arrays.copyOfRange(pieces, 10, pieces.length));
      assertEquals("#general anonymous: " + WORDS, plain.next());

      publisher.text("plain");
      assertEquals("#general anonymous: plain", plain.next());
    }
  }

  /** Section 7.2.3.4 of the RFC. */
  @Test
  void aSenderMayEndTheStream() throws Exception {
    byte[] hello = {(byte) 0xf3, 0x48, (byte) 0xcd, (byte) 0xc9, (byte) 0xc9, 0x07, 0x00, 0x00};
    try (RawSocket publisher = deflating();
        ChatClient plain = ChatClient.connect(server.url())) {
      publisher.frame(DEFLATED_TEXT, true, hello);
      assertEquals("#general anonymous: Hello", plain.next());
    }
  }

  @Test
  void aBombIsRefusedBeforeItIsInflated() throws Exception {
    byte[] bomb = deflated(new byte[64 * 1024 * 1024]);
    long before = directBytes();
    try (RawSocket client = deflating()) {
      client.frame(DEFLATED_TEXT, true, bomb);
      assertEquals(1009, client.closeCode());
    }
    long more = directBytes() - before;
    assertTrue(more < 16 * 1024 * 1024, more + " bytes");
  }

  @Test
  void aMessageOfTheLimitIsTakenAndOneByteMoreIsNot() throws Exception {
    byte[] longest = utf8("x".repeat(128 * 1024));
    try (RawSocket publisher = deflating();
        ChatClient plain = ChatClient.connect(server.url())) {
      publisher.frame(DEFLATED_TEXT, true, deflated(longest));
      assertEquals("#general anonymous: ".length() + longest.length, plain.next().length());
      publisher.frame(DEFLATED_TEXT, true, deflated(Arrays.copyOf(longest, longest.length + 1)));
      assertEquals(1009, publisher.closeCode());
    }
  }

  @Test
  void whatBreaksTheRulesEndsTheConnection() throws Exception {
    byte[] fine = deflated(utf8(WORDS));
    assertEnds(1007, DEFLATED_TEXT, utf8("this is nothing deflated"));
    assertEnds(1007, DEFLATED_TEXT, deflated(new byte[] {(byte) 0xff, (byte) 0xfe}));
    assertEnds(1002, RawSocket.TEXT | 0x20, fine);
    assertEnds(1002, RawSocket.TEXT | 0x10, fine);
    assertEnds(1002, RawSocket.PING | RawSocket.DEFLATED, new byte[0]);
    try (RawSocket client = RawSocket.connect(server.url())) {
      client.frame(DEFLATED_TEXT, true, fine);
      assertEquals(1002, client.closeCode(), "it was not agreed");
    }
    try (RawSocket client = deflating()) {
      client.frame(DEFLATED_TEXT, false, fine);
      client.frame(RawSocket.CONTINUATION | RawSocket.DEFLATED, true, fine);
      assertEquals(1002, client.closeCode());
    }
  }

  @Test
  void theChannelGroupHasNoSharedFrame() {
    ServerOptions options = ServerOptions.defaults().withBroadcast(BroadcastKind.CHANNEL_GROUP);
    ConnectionRules rules = options.rules().withDeflate(true);
    String said =
        assertThrows(IllegalArgumentException.class, () -> options.withRules(rules)).getMessage();
    assertEquals("broadcast is channel-group; with it, --deflate is off", said);
  }

  private long directBytes() {
    return server.counters().get("direct.usedBytes").longValue();
  }

  private void assertEnds(int code, int opcode, byte[] payload) throws IOException {
    try (RawSocket client = deflating()) {
      client.frame(opcode, true, payload);
      assertEquals(code, client.closeCode());
    }
  }

  private RawSocket deflating() throws IOException {
    return RawSocket.connect(server.url(), OFFER);
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] deflated(byte[] message) {
    Deflater deflater = new Deflater(Deflater.DEFAULT_COMPRESSION, true);
    deflater.setInput(message);
    byte[] room = new byte[message.length + 64];
    int length = deflater.deflate(room, 0, room.length, Deflater.SYNC_FLUSH);
    deflater.end();
    return Arrays.copyOf(room, length - 4);
  }

  private static String inflated(Received frame) throws DataFormatException {
    if (!frame.isDeflated()) {
      return frame.text();
    }
    byte[] bytes = frame.payload().array();
    byte[] whole = Arrays.copyOf(bytes, bytes.length + 4);
    whole[bytes.length + 2] = (byte) 0xff;
    whole[bytes.length + 3] = (byte) 0xff;
    Inflater inflater = new Inflater(true);
    inflater.setInput(whole);
    byte[] room = new byte[256 * 1024];
    int length = inflater.inflate(room);
    inflater.end();
    return new String(room, 0, length, StandardCharsets.UTF_8);
  }
}
