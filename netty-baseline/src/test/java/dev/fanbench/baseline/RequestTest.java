package dev.fanbench.baseline;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.protocol.ReplyFormat;
import dev.fanbench.protocol.contract.ChatClient;
import dev.fanbench.protocol.contract.RawSocket;
import dev.fanbench.protocol.rpc.ManualTimer;
import dev.fanbench.protocol.rpc.RequestHandler;
import dev.fanbench.protocol.rpc.RequestRefusedException;
import dev.fanbench.protocol.rpc.RpcClient;
import dev.fanbench.protocol.rpc.RpcOptions;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Binary requests in both directions, with handlers that take their time. */
class RequestTest {
  private static final String TEXT_REQUEST = "{\"action\":\"rpc\",\"id\":\"1\",\"body\":\"\"}";
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  /** A request that a slow handler has accepted. */
  private record Accepted(ByteBuffer body, CompletableFuture<ByteBuffer> answer) {}

  private final BlockingQueue<Accepted> accepted = new LinkedBlockingQueue<>();
  private final ManualTimer timer = new ManualTimer();

  private final RequestHandler slow =
      (from, body) -> {
        Accepted request = new Accepted(body, new CompletableFuture<>());
        accepted.add(request);
        return request.answer();
      };

  @Test
  void serverMayAskBackBeforeItAnswers() throws Exception {
    RequestHandler asksBack =
        (from, body) -> from.ask(bytes(7)).thenApply(answer -> bytes(body.get(0), answer.get(0)));
    try (NettyServer server = start(asksBack);
        RpcClient client =
            connect(
                server,
                RpcOptions.defaults()
                    .withRequests((from, asked) -> CompletableFuture.completedFuture(asked)))) {
      assertEquals(bytes(1, 7), ChatClient.await(client.ask(bytes(1))));
      assertEquals(0, client.pending());
    }
  }

  @Test
  void noticesReachTheHandlerAndAreNotAnswered() throws Exception {
    try (NettyServer server = start(slow);
        RpcClient client = connect(server, RpcOptions.defaults())) {
      ChatClient.await(client.tell(bytes(1, 2)).toCompletableFuture());
      Accepted notice = next();
      assertEquals(bytes(1, 2), notice.body());
      notice.answer().complete(bytes(3));
      CompletableFuture<ByteBuffer> asked = client.ask(bytes(4));
      next().answer().complete(bytes(5));
      assertEquals(bytes(5), ChatClient.await(asked));
      assertEquals(0, client.counters().unmatched().sum());
    }
  }

  @Test
  void answerThatComesTooLateIsCountedAndIgnored() throws Exception {
    try (NettyServer server = start(slow);
        RpcClient client = connect(server, RpcOptions.defaults().withTimer(timer))) {
      CompletableFuture<ByteBuffer> asked = client.ask(NOTHING);
      Accepted request = next();
      timer.advance(Duration.ofSeconds(10));
      assertInstanceOf(TimeoutException.class, failure(asked));
      request.answer().complete(NOTHING);
      CompletableFuture<ByteBuffer> later = client.ask(NOTHING);
      next().answer().complete(bytes(1));
      assertEquals(bytes(1), ChatClient.await(later));
      // Answers are in no order, so the late one may come after the other.
      Awaited.figure("unmatched", client.counters().unmatched()::sum, 1);
      assertEquals(0, timer.size());
    }
  }

  @Test
  void serverCountsAnswersItNeverAskedFor() throws Exception {
    try (NettyServer server = start(slow);
        ChatClient client = ChatClient.connect(server.url())) {
      client.sendBinary(new byte[9]).expectNothing();
      assertEquals(1, server.counters().get("frames.unmatched").longValue());
    }
  }

  @Test
  void serverGivesUpOnAClientThatDoesNotAnswer() throws Exception {
    CompletableFuture<Throwable> gaveUp = new CompletableFuture<>();
    RequestHandler asksBack =
        (from, body) ->
            from.ask(NOTHING)
                .whenComplete((answer, failure) -> gaveUp.complete(failure))
                .exceptionally(failure -> bytes(9));
    ServerOptions options =
        ServerOptions.defaults()
            .withRules(
                ConnectionRules.defaults()
                    .withRpc(
                        RpcOptions.defaults()
                            .withRequests(asksBack)
                            .withTimer(timer)
                            .withTimeout(Duration.ofSeconds(3))));
    try (NettyServer server = NettyServer.start(options);
        ChatClient mute = ChatClient.connect(server.url())) {
      mute.sendBinary(new byte[] {1, 0, 0, 0, 0, 0, 0, 0, 5});
      assertEquals(bytes(1, 0, 0, 0, 0, 0, 0, 0, 1), mute.nextBinary());
      timer.advance(Duration.ofSeconds(3));
      assertInstanceOf(TimeoutException.class, ChatClient.await(gaveUp));
      assertEquals(bytes(0, 0, 0, 0, 0, 0, 0, 0, 5, 9), mute.nextBinary());
    }
  }

  @Test
  void handlerThatFailsIsAnsweredAndTheConnectionStays() throws Exception {
    RequestHandler fails =
        (from, body) -> {
          throw new IllegalStateException("broken on purpose");
        };
    try (NettyServer server = start(fails);
        RpcClient client = connect(server, RpcOptions.defaults())) {
      assertInstanceOf(RequestRefusedException.class, failure(client.ask(NOTHING)));
      assertEquals("still here", ChatClient.await(client.askText("still here")));
      assertEquals(1, server.counters().get("frames.refused").longValue());
    }
  }

  @Test
  void noAcceptedRequestIsLeftUnansweredByAStop() throws Exception {
    NettyServer server = start(slow);
    int port = server.url().getPort();
    try (server;
        RpcClient client = connect(server, RpcOptions.defaults());
        ChatClient chat = ChatClient.connect(server.url());
        Socket undecided = new Socket(InetAddress.getLoopbackAddress(), port)) {
      List<CompletableFuture<ByteBuffer>> asked = new ArrayList<>();
      List<Accepted> inFlight = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        asked.add(client.ask(bytes(i)));
        inFlight.add(next());
      }
      CompletableFuture<Void> stopped = CompletableFuture.runAsync(server::close);

      // Text requests are answered until it refuses them, and never dropped.
      while (!ReplyFormat.isInternalServerError(chat.ask(TEXT_REQUEST))) {
        Thread.onSpinWait();
      }
      assertThrows(
          ConnectException.class, () -> new Socket(InetAddress.getLoopbackAddress(), port).close());
      undecided.getOutputStream().write(RawSocket.upgrade(server.url()).getBytes(US_ASCII));
      assertEquals("HTTP/1.1 503", new String(undecided.getInputStream().readNBytes(12), US_ASCII));
      assertInstanceOf(RequestRefusedException.class, failure(client.ask(bytes(99))));
      assertTrue(accepted.isEmpty(), "what is refused does not reach the handler");
      assertTrue(asked.stream().noneMatch(CompletableFuture::isDone));

      // Answered in another order than asked, from a thread that is none of the server's.
      for (int i = inFlight.size() - 1; i >= 0; i--) {
        inFlight.get(i).answer().complete(bytes(i, i));
      }
      for (int i = 0; i < asked.size(); i++) {
        assertEquals(bytes(i, i), ChatClient.await(asked.get(i)));
      }
      assertEquals(1001, ChatClient.await(client.closed()));
      assertEquals(1001, chat.closeCode());
      ChatClient.await(stopped);
    }
    assertEquals(0, server.pinnedDirectBytes());
  }

  private static NettyServer start(RequestHandler requests) throws IOException {
    RpcOptions rpc = RpcOptions.defaults().withRequests(requests);
    return NettyServer.start(
        ServerOptions.defaults().withRules(ConnectionRules.defaults().withRpc(rpc)));
  }

  private static RpcClient connect(NettyServer server, RpcOptions options) {
    return ChatClient.await(RpcClient.connect(server.url(), options));
  }

  private Accepted next() throws InterruptedException {
    Accepted next = accepted.poll(ChatClient.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    if (next == null) {
      throw new AssertionError("no request reached the handler");
    }
    return next;
  }

  private static Throwable failure(CompletableFuture<?> future) {
    return assertThrows(CompletionException.class, () -> ChatClient.await(future)).getCause();
  }

  private static ByteBuffer bytes(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(values.length);
    for (int value : values) {
      bytes.put((byte) value);
    }
    return bytes.flip();
  }
}
