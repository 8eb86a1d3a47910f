package dev.fanbench.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.protocol.ReplyFormat;
import dev.fanbench.protocol.contract.ChatClient;
import dev.fanbench.protocol.contract.RawSocket;
import dev.fanbench.protocol.contract.RawSocket.Received;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The server is stopped while several publish: what it took is delivered, the rest is refused. */
class StopUnderLoadTest {
  private static final int PUBLISHERS = 4;
  private static final int BURST = 20;
  private static final int HEARD_BEFORE_THE_STOP = 500;

  /** Of its own: publishers block, and a machine of two cores has one common thread for all. */
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void noAcceptedPublicationIsLost(int loops) throws Exception {
    NettyServer server = NettyServer.start(ServerOptions.defaults().withLoops(loops));
    try (server;
        RawSocket reader = RawSocket.connect(server.url())) {
      List<CompletableFuture<Integer>> publishers = new ArrayList<>();
      for (int i = 0; i < PUBLISHERS; i++) {
        String name = "p" + i;
        ChatClient client = ChatClient.connect(server.url());
        publishers.add(CompletableFuture.supplyAsync(() -> publish(name, client), threads));
      }
      Map<String, Integer> heard = new HashMap<>();
      for (int i = 0; i < HEARD_BEFORE_THE_STOP; i++) {
        hear(reader.next(), heard);
      }
      CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close, threads);
      Received next = reader.next();
      while (next.opcode() == RawSocket.TEXT) {
        hear(next, heard);
        next = reader.next();
      }
      assertEquals(1001, next.closeCode());
      reader.frame(RawSocket.CLOSE, true, new byte[] {0x03, (byte) 0xe9});
      long answered = publishers.stream().mapToInt(ChatClient::await).sum();
      ChatClient.await(stopped);

      long delivered = heard.values().stream().mapToInt(Integer::intValue).sum();
      assertEquals(
          counter(server, "frames.received"),
          delivered + answered + counter(server, "frames.refused"));
      assertEquals(0, counter(server, "drops.slow"));
    }
    assertEquals(0, server.pinnedDirectBytes());
  }

  @AfterEach
  void endThreads() {
    threads.shutdownNow();
  }

  /** Publishes in bursts until it is refused or the connection ends; the bursts it saw through. */
  private static int publish(String name, ChatClient client) {
    int published = 0;
    for (int bursts = 0; ; bursts++) {
      try {
        for (int i = 0; i < BURST; i++) {
          client.send(name + " " + published++);
        }
        String id = name + "-" + bursts;
        client.send("{\"action\":\"rpc\",\"id\":\"%s\",\"body\":\"\"}".formatted(id));
        if (!isAnswered(client, "{\"id\":\"%s\",\"body\":\"\"}".formatted(id))) {
          return bursts;
        }
      } catch (CompletionException closed) {
        return bursts;
      }
    }
  }

  /** Passes over what others say; a refusal, and the end of the connection, are no answer. */
  private static boolean isAnswered(ChatClient client, String answer) {
    try {
      String heard = client.next();
      while (!heard.equals(answer) && !ReplyFormat.isInternalServerError(heard)) {
        heard = client.next();
      }
      return heard.equals(answer);
    } catch (AssertionError closed) {
      return false;
    }
  }

  /** Each publisher's words are heard in order and without a gap. */
  private static void hear(Received frame, Map<String, Integer> heard) {
    String[] words = frame.text().split(" ", 4);
    assertEquals("anonymous:", words[1]);
    assertTrue(words[2].startsWith("p"), frame::text);
    assertEquals(heard.getOrDefault(words[2], 0), Integer.valueOf(words[3]));
    heard.merge(words[2], 1, Integer::sum);
  }

  private static long counter(NettyServer server, String name) {
    return server.counters().get(name).longValue();
  }
}
