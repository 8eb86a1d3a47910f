package dev.fanbench.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.baseline.broadcast.ServerTransport;
import dev.fanbench.baseline.broadcast.SlowPolicy;
import dev.fanbench.baseline.requests.DelayedEcho;
import dev.fanbench.protocol.ReplyFormat;
import dev.fanbench.protocol.contract.ChatClient;
import dev.fanbench.protocol.contract.RawSocket;
import dev.fanbench.protocol.contract.RawSocket.Received;
import dev.fanbench.protocol.rpc.RpcOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.zip.Deflater;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A client asks for 400 KB of answers and reads none of them: what waits for it is bounded whatever
 * it asks for, others are served, and it finds every answer when it reads.
 */
class UnreadAnswerTest {
  private static final int MAX_PENDING_BYTES = 64 * 1024;
  private static final int ALL_ANSWERS_BYTES = 400_000;
  private static final int ROOMS = 300;

  private NettyServer server;

  @AfterEach
  void nothingIsLeft() {
    server.close();
    assertEquals(0, server.pinnedDirectBytes());
  }

  /** A request, and the longest answer to it. */
  private record Request(
      String name, int opcode, ByteBuffer payload, int answerOpcode, int answerBytes) {
    static Request text(String text, int answerBytes) {
      return new Request(
          text, RawSocket.TEXT, StandardCharsets.UTF_8.encode(text), RawSocket.TEXT, answerBytes);
    }

    byte[] frame() {
      byte[] bytes = new byte[payload.remaining()];
      payload.duplicate().get(bytes);
      return RawSocket.encode(opcode, true, bytes);
    }

    @Override
    public String toString() {
      return name;
    }
  }

  static List<Request> requests() {
    return List.of(
        Request.text("/x", ReplyFormat.HELP.length()),
        Request.text("{\"action\":\"rpc\",\"id\":\"1\",\"body\":\"\"}", 100),
        Request.text("{\"action\":\"command\",\"data\":\"fetchChannels\"}", ROOMS * 70),
        Request.text("{:not :closed", 200),
        new Request("ping", RawSocket.PING, ByteBuffer.allocate(100), RawSocket.PONG, 100),
        binary("binary"));
  }

  private static Request binary(String name) {
    ByteBuffer frame = ByteBuffer.allocate(100).put(0, (byte) 1);
    return new Request(name, RawSocket.BINARY, frame, RawSocket.BINARY, frame.capacity());
  }

  @ParameterizedTest
  @MethodSource("requests")
  void answersThatAreNotReadAreBounded(Request request) throws Exception {
    start(ConnectionRules.defaults());
    try (ChatClient other = ChatClient.connect(server.url())) {
      for (int i = 0; i < ROOMS; i++) {
        other.join("%064d".formatted(i));
      }
      assertBounded(request, other, MAX_PENDING_BYTES + request.answerBytes() + 200);
    }
  }

  @ParameterizedTest
  @EnumSource(ServerTransport.class)
  void answersAreBoundedOnEveryTransport(ServerTransport transport) throws Exception {
    ServerTransport available = transport.isAvailable() ? transport : ServerTransport.best();
    server = NettyServer.start(options().withTransport(available));
    try (ChatClient other = ChatClient.connect(server.url())) {
      Request help = Request.text("/x", ReplyFormat.HELP.length());
      assertBounded(help, other, MAX_PENDING_BYTES + 300);
    }
  }

  @Test
  void answersOfRequestsUnderWayAreBoundedToo() throws Exception {
    RpcOptions rpc = RpcOptions.defaults();
    start(
        ConnectionRules.defaults()
            .withRpc(rpc.withRequests(new DelayedEcho(Duration.ofMillis(20), rpc.timer()))));
    try (ChatClient other = ChatClient.connect(server.url())) {
      Request request = binary("slow");
      assertBounded(request, other, MAX_PENDING_BYTES + 300);
    }
  }

  @Test
  void echoesAreBounded() throws Exception {
    start(ConnectionRules.defaults().withProfile(FrameProfile.ECHO));
    try (RawSocket client = RawSocket.connect(server.url())) {
      Request request = Request.text("a".repeat(100), 100);
      assertAnswered(request, client, MAX_PENDING_BYTES + 300, () -> {});
    }
  }

  /** Each frame inflates to 100 KB, in a pipe that is full already. */
  @Test
  void framesThatInflateAreHeldBackAsTheyCame() throws Exception {
    start(ConnectionRules.defaults().withDeflate(true));
    Request help = Request.text("/x", ReplyFormat.HELP.length());
    Request bomb =
        new Request(
            "deflated",
            RawSocket.TEXT | RawSocket.DEFLATED,
            ByteBuffer.wrap(deflated("/" + "x".repeat(100_000))),
            RawSocket.TEXT,
            ReplyFormat.HELP.length());
    byte[] bombs = bomb.frame();
    try (RawSocket client =
        RawSocket.connect(server.url(), "Sec-WebSocket-Extensions: permessage-deflate\r\n")) {
      CompletableFuture<Void> sent = send(client, help);
      awaitPause(MAX_PENDING_BYTES + 300);
      for (int i = 0; i < count(help); i++) {
        client.next();
        if (i == count(help) / 2) {
          sent.join();
          sent = CompletableFuture.runAsync(() -> send(client, bombs, 100));
        }
      }
      for (int i = 0; i < 100; i++) {
        assertTrue(server.pinnedDirectBytes() < 1024 * 1024, "what waits is bounded");
        assertEquals(ReplyFormat.HELP, client.next().text());
      }
      sent.join();
    }
  }

  @ParameterizedTest
  @EnumSource(ServerTransport.class)
  void clientThatDiesByResetIsForgotten(ServerTransport transport) throws Exception {
    ServerTransport available = transport.isAvailable() ? transport : ServerTransport.best();
    server = NettyServer.start(options().withTransport(available));
    try (RawSocket client = RawSocket.connect(server.url())) {
      CompletableFuture<Void> sent = send(client, Request.text("/x", ReplyFormat.HELP.length()));
      awaitPause(MAX_PENDING_BYTES + 300);
      sent.cancel(false);
    }
    Awaited.counter(server, "connections.open", 0);
    assertEquals(0, server.pendingBytes());
  }

  private void assertBounded(Request request, ChatClient other, int mostBytes) throws Exception {
    try (RawSocket client = RawSocket.connect(server.url())) {
      assertAnswered(request, client, mostBytes, other::expectNothing);
    }
  }

  private void assertAnswered(Request request, RawSocket client, int mostBytes, Runnable meanwhile)
      throws IOException {
    CompletableFuture<Void> sent = send(client, request);
    awaitPause(mostBytes);
    meanwhile.run();
    for (int i = 0; i < count(request); i++) {
      assertPending(mostBytes);
      Received answer = client.next();
      assertEquals(request.answerOpcode(), answer.opcode());
      assertTrue(answer.payload().remaining() <= request.answerBytes(), answer.text());
    }
    meanwhile.run();
    sent.join();
  }

  private void awaitPause(int mostBytes) {
    long deadline = System.nanoTime() + ChatClient.PATIENCE.toNanos();
    while (server.counters().get("slow.readsPaused").longValue() == 0) {
      assertPending(mostBytes);
      assertTrue(System.nanoTime() < deadline, "the client is still read from");
      LockSupport.parkNanos(500_000);
    }
  }

  private void assertPending(int mostBytes) {
    long pending = server.pendingBytes();
    assertTrue(pending <= mostBytes, pending + " bytes wait, at most " + mostBytes);
  }

  private static int count(Request request) {
    return ALL_ANSWERS_BYTES / (request.answerBytes() + 2);
  }

  private static CompletableFuture<Void> send(RawSocket client, Request request) {
    byte[] frame = request.frame();
    return CompletableFuture.runAsync(() -> send(client, frame, count(request)));
  }

  private static void send(RawSocket client, byte[] frame, int times) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (int i = 0; i < times; i++) {
      all.writeBytes(frame);
    }
    try {
      client.bytes(all.toByteArray());
    } catch (IOException ended) {
      // By the test, which has seen what it wanted to see.
    }
  }

  private static byte[] deflated(String text) {
    Deflater deflater = new Deflater(Deflater.BEST_COMPRESSION, true);
    deflater.setInput(text.getBytes(StandardCharsets.UTF_8));
    byte[] bytes = new byte[text.length()];
    int length = deflater.deflate(bytes, 0, bytes.length, Deflater.SYNC_FLUSH);
    deflater.end();
    // The end of a flush is left out (RFC 7692, section 7.2.1).
    return Arrays.copyOf(bytes, length - 4);
  }

  private void start(ConnectionRules rules) throws IOException {
    server = NettyServer.start(options().withRules(rules));
  }

  private static ServerOptions options() {
    return ServerOptions.defaults()
        .withLoops(1)
        .withSlow(
            SlowRules.defaults()
                .withPolicy(new SlowPolicy.Drop())
                .withMaxPendingBytes(MAX_PENDING_BYTES)
                .withSendBufferBytes(16 * 1024));
  }
}
