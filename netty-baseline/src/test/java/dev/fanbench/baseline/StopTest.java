package dev.fanbench.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.baseline.broadcast.LoopQueue;
import dev.fanbench.baseline.broadcast.SlowPolicy;
import dev.fanbench.protocol.contract.ChatClient;
import dev.fanbench.protocol.contract.RawSocket;
import dev.fanbench.protocol.rpc.RpcOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class StopTest {

  @Test
  void whatWasAcceptedIsDeliveredBeforeTheClose() throws Exception {
    NettyServer server =
        NettyServer.start(
            ServerOptions.defaults()
                .withLoops(2)
                .withSlow(SlowRules.defaults().withSendBufferBytes(16 * 1024)));
    int publications = 80;
    String words = "w".repeat(10_000);
    try (server;
        ChatClient publisher = ChatClient.connect(server.url());
        RawSocket reader = RawSocket.connect(server.url())) {
      for (int i = 0; i < publications; i++) {
        publisher.send(i + " " + words);
      }
      Awaited.counter(server, "deliveries.sent", publications);
      assertTrue(server.pinnedDirectBytes() > 0, "much waits for a reader that has not begun");
      CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);
      assertEquals(1001, publisher.closeCode());
      for (int i = 0; i < publications; i++) {
        assertEquals("#general anonymous: " + i + " " + words, reader.next().text());
      }
      assertEquals(1001, reader.closeCode());
      reader.frame(RawSocket.CLOSE, true, new byte[] {0x03, (byte) 0xe9});
      assertTrue(reader.isAtEnd());
      stopped.join();
    }
    assertEquals(0, server.pinnedDirectBytes());
  }

  @Test
  void whatIsKeptForASlowReaderIsDeliveredBeforeTheCloseToo() throws Exception {
    SlowRules keeping =
        new SlowRules(
            new SlowPolicy.Buffer(8 * 1024 * 1024),
            64 * 1024,
            16 * 1024,
            0,
            LoopQueue.DEFAULT_BYTES);
    NettyServer server = NettyServer.start(ServerOptions.defaults().withSlow(keeping));
    String words = "w".repeat(10_000);
    int publications = 0;
    try (server;
        ChatClient publisher = ChatClient.connect(server.url());
        RawSocket reader = RawSocket.connect(server.url())) {
      while (counter(server, "slow.bufferedBytes") == 0) {
        publisher.send(publications++ + " " + words).expectNothing();
      }
      CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);
      assertEquals(1001, publisher.closeCode());
      for (int i = 0; i < publications; i++) {
        assertEquals("#general anonymous: " + i + " " + words, reader.next().text());
      }
      assertEquals(1001, reader.closeCode());
      reader.frame(RawSocket.CLOSE, true, new byte[] {0x03, (byte) 0xe9});
      stopped.join();
    }
    assertEquals(0, counter(server, "slow.bufferedBytes"));
    assertEquals(0, server.pinnedDirectBytes());
  }

  private static long counter(NettyServer server, String name) {
    return server.counters().get(name).longValue();
  }

  @Test
  void aReaderThatNeverReadsCannotHoldItUp() throws Exception {
    ServerOptions options =
        ServerOptions.defaults().withSlow(SlowRules.defaults().withSendBufferBytes(16 * 1024));
    NettyServer server = NettyServer.start(options.withDrainMillis(200));
    String words = "w".repeat(10_000);
    try (server;
        ChatClient publisher = ChatClient.connect(server.url());
        RawSocket dead = RawSocket.connect(server.url())) {
      for (int i = 0; i < 80; i++) {
        publisher.send(words);
      }
      Awaited.counter(server, "deliveries.sent", 80);
      assertTrue(server.pinnedDirectBytes() > 0, "much waits");
      ChatClient.await(CompletableFuture.runAsync(server::close));
      assertEquals(0, server.counters().get("connections.open").longValue());
      assertTrue(dead.next().text().endsWith(words), "what the kernel held is still there");
    }
    assertEquals(0, server.pinnedDirectBytes());
  }

  @Test
  void aSlowRequestCostsNoClientItsClose() throws Exception {
    CompletableFuture<Void> begun = new CompletableFuture<>();
    RpcOptions never =
        RpcOptions.defaults()
            .withRequests(
                (from, body) -> {
                  begun.complete(null);
                  return new CompletableFuture<>();
                });
    ServerOptions options =
        ServerOptions.defaults().withRules(ConnectionRules.defaults().withRpc(never));
    try (NettyServer server = NettyServer.start(options.withDrainMillis(200));
        ChatClient asker = ChatClient.connect(server.url());
        ChatClient idle = ChatClient.connect(server.url())) {
      asker.sendBinary(new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 1});
      ChatClient.await(begun);
      CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);
      assertEquals(1001, idle.closeCode());
      assertEquals(1001, asker.closeCode());
      ChatClient.await(stopped);
    }
  }

  @Test
  void nobodyGetsInAfterwards() throws Exception {
    NettyServer server = NettyServer.start(ServerOptions.defaults());
    int port = server.url().getPort();
    try (server;
        Socket silent = new Socket(InetAddress.getLoopbackAddress(), port);
        ChatClient later = ChatClient.connect(server.url())) {
      later.expectNothing();
      server.close();
      assertEquals(-1, silent.getInputStream().read(), "one that never asked for an upgrade goes");
      assertThrows(
          ConnectException.class, () -> new Socket(InetAddress.getLoopbackAddress(), port).close());
    }
  }

  @Test
  void portInUseIsOneSentence() throws Exception {
    try (NettyServer first = NettyServer.start(ServerOptions.defaults())) {
      int port = first.url().getPort();
      IOException refused =
          assertThrows(
              IOException.class,
              () -> NettyServer.start(ServerOptions.defaults().withPort(port)).close());
      assertEquals(
          "cannot listen at 127.0.0.1:%d: the port is in use; choose another --port, 0 for any free one"
              .formatted(port),
          refused.getMessage());
    }
  }
}
