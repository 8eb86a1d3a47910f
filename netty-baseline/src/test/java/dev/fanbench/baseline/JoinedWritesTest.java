package dev.fanbench.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.protocol.contract.ChatClient;
import dev.fanbench.protocol.contract.RawSocket;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one client sends in one segment, the server reads in one turn. */
class JoinedWritesTest {
  private static final int PUBLICATIONS = 20;

  private NettyServer server;

  @BeforeEach
  void start() throws Exception {
    server = NettyServer.start(ServerOptions.defaults().withLoops(1));
  }

  @AfterEach
  void everyBufferIsReleased() {
    server.close();
    assertEquals(0, server.pinnedDirectBytes());
  }

  @Test
  void publicationsOfOneTurnAreOneWritePerMember() throws Exception {
    try (RawSocket publisher = RawSocket.connect(server.url());
        ChatClient first = ChatClient.connect(server.url());
        ChatClient second = ChatClient.connect(server.url())) {
      ByteArrayOutputStream segment = new ByteArrayOutputStream();
      for (int i = 0; i < PUBLICATIONS; i++) {
        segment.write(RawSocket.encode(RawSocket.TEXT, true, utf8("p" + i)));
      }
      publisher.bytes(segment.toByteArray());

      for (int i = 0; i < PUBLICATIONS; i++) {
        assertEquals("#general anonymous: p" + i, first.next());
        assertEquals("#general anonymous: p" + i, second.next());
      }
      Awaited.counter(server, "deliveries.sent", 2 * PUBLICATIONS);
      long writes = server.counters().get("writes.calls").longValue();
      assertTrue(writes < PUBLICATIONS, writes + " writes");
    }
  }

  @Test
  void whatAClientDoesInBetweenKeepsItsPlace() throws Exception {
    try (RawSocket publisher = RawSocket.connect(server.url());
        ChatClient listener = ChatClient.connect(server.url());
        ChatClient elsewhere = ChatClient.connect(server.url(), "tea")) {
      ByteArrayOutputStream segment = new ByteArrayOutputStream();
      String[] frames = {
        "one",
        "/name ada",
        "two",
        "{\"action\":\"broadcast\",\"message\":\"all\"}",
        "three",
        "/channel tea",
        "four",
        "/help"
      };
      for (String frame : frames) {
        segment.write(RawSocket.encode(RawSocket.TEXT, true, utf8(frame)));
      }
      publisher.bytes(segment.toByteArray());

      assertEquals("#general anonymous: one", listener.next());
      assertEquals("#general ada: two", listener.next());
      String all = listener.next();
      assertTrue(all.startsWith("{\"message\":\"all\""), all);
      assertEquals("#general ada: three", listener.next());
      assertEquals(all, elsewhere.next());
      assertEquals("#tea ada: four", elsewhere.next());
      assertEquals("Set username to ada", publisher.next().text());
      assertEquals(all, publisher.next().text());
      assertEquals("Changed to #tea", publisher.next().text());
      assertTrue(publisher.next().text().startsWith("Valid commands"));
    }
  }

  @Test
  void theirOwnWordsAreLeftOutOfWhatPublishersGet() throws Exception {
    try (RawSocket one = RawSocket.connect(server.url());
        RawSocket two = RawSocket.connect(server.url());
        ChatClient listener = ChatClient.connect(server.url())) {
      for (int turn = 0; turn < 50; turn++) {
        ByteArrayOutputStream ofOne = new ByteArrayOutputStream();
        ByteArrayOutputStream ofTwo = new ByteArrayOutputStream();
        for (int i = 0; i < 3; i++) {
          ofOne.write(RawSocket.encode(RawSocket.TEXT, true, utf8("one " + turn + " " + i)));
          ofTwo.write(RawSocket.encode(RawSocket.TEXT, true, utf8("two " + turn + " " + i)));
        }
        one.bytes(ofOne.toByteArray());
        two.bytes(ofTwo.toByteArray());
        for (int i = 0; i < 3; i++) {
          assertEquals("#general anonymous: two " + turn + " " + i, one.next().text());
          assertEquals("#general anonymous: one " + turn + " " + i, two.next().text());
        }
        for (int i = 0; i < 6; i++) {
          assertTrue(listener.next().contains(" " + turn + " "));
        }
      }
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
