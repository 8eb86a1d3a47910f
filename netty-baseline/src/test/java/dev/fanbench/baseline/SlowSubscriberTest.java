package dev.fanbench.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.baseline.broadcast.BroadcastKind;
import dev.fanbench.protocol.contract.ChatClient;
import dev.fanbench.protocol.contract.RawSocket;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class SlowSubscriberTest {
  private static final int MAX_PENDING_BYTES = 64 * 1024;

  /** 10 MB, many times what the server and two socket buffers may hold. */
  private static final int MOST_PUBLICATIONS = 1_000;

  @ParameterizedTest
  @EnumSource(BroadcastKind.class)
  void copiesAreWithheldFromItAloneAndCounted(BroadcastKind kind) throws Exception {
    ServerOptions options =
        ServerOptions.defaults()
            .withLoops(2)
            .withBroadcast(kind)
            .withSendBufferBytes(16 * 1024)
            .withMaxPendingBytes(MAX_PENDING_BYTES);
    NettyServer server = NettyServer.start(options);
    String words = "w".repeat(10_000);
    int publications = 0;
    try (server;
        ChatClient publisher = ChatClient.connect(server.url());
        ChatClient quick = ChatClient.connect(server.url());
        RawSocket slow = RawSocket.connect(server.url())) {
      while (counter(server, "drops.slow") == 0 && publications < MOST_PUBLICATIONS) {
        publisher.send(words);
        assertEquals("#general anonymous: " + words, quick.next());
        publications++;
      }
      Awaited.sum(server, List.of("deliveries.sent", "drops.slow"), 2L * publications);
      long withheld = counter(server, "drops.slow");
      assertTrue(withheld > 0, "the slow one was never slow");
      assertTrue(
          server.pinnedDirectBytes() < 8L * MAX_PENDING_BYTES, "waiting copies share their bytes");

      // It wakes up, reads what it was sent, and is a subscriber like any other again.
      for (int i = 0; i < publications - withheld; i++) {
        assertEquals("#general anonymous: " + words, slow.next().text());
      }
      publisher.send("back?");
      assertEquals("#general anonymous: back?", slow.next().text());
    }
    assertEquals(0, server.pinnedDirectBytes());
  }

  private static long counter(NettyServer server, String name) {
    Map<String, ? extends Number> figures = server.counters().read();
    return figures.get(name).longValue();
  }
}
