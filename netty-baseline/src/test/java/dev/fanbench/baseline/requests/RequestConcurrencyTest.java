package dev.fanbench.baseline.requests;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.baseline.ConnectionRules;
import dev.fanbench.baseline.NettyServer;
import dev.fanbench.baseline.ServerOptions;
import dev.fanbench.protocol.contract.ChatClient;
import dev.fanbench.protocol.rpc.ManualTimer;
import dev.fanbench.protocol.rpc.RequestHandler;
import dev.fanbench.protocol.rpc.RequestRefusedException;
import dev.fanbench.protocol.rpc.RpcClient;
import dev.fanbench.protocol.rpc.RpcOptions;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** How many requests are under way at one time: counted, never timed. */
class RequestConcurrencyTest {
  private static final int REQUESTS = 20;
  private static final int NOTICES = 4_000;

  /** A request that is under way until it is finished. */
  private record Turn(ByteBuffer body, CompletableFuture<ByteBuffer> answer) {
    void finish() {
      answer.complete(body);
    }
  }

  private final BlockingQueue<Turn> underWay = new LinkedBlockingQueue<>();
  private final RequestHandler slow =
      (from, body) -> {
        Turn turn = new Turn(body, new CompletableFuture<>());
        underWay.add(turn);
        return turn.answer();
      };

  @Test
  void concurrentRequestsAreAllUnderWayTogether() throws Exception {
    try (NettyServer server = start(RequestConcurrency.CONCURRENT.handledBy(slow));
        RpcClient client = connect(server)) {
      List<CompletableFuture<ByteBuffer>> asked = ask(client, 0);
      List<Turn> turns = new ArrayList<>();
      for (int i = 0; i < REQUESTS; i++) {
        turns.add(next());
      }
      turns.forEach(Turn::finish);
      assertAnswered(asked, 0);
    }
  }

  @Test
  void oneAtATimeIsOneForAllConnectionsInTheOrderOfArrival() throws Exception {
    try (NettyServer server = start(RequestConcurrency.ONE_AT_A_TIME.handledBy(slow));
        RpcClient one = connect(server);
        RpcClient two = connect(server)) {
      List<CompletableFuture<ByteBuffer>> ofOne = ask(one, 0);
      List<CompletableFuture<ByteBuffer>> ofTwo = ask(two, REQUESTS);
      for (int i = 0; i < 2 * REQUESTS; i++) {
        Turn turn = next();
        assertEquals(number(i), turn.body());
        assertTrue(underWay.isEmpty(), "another is under way");
        turn.finish();
      }
      assertAnswered(ofOne, 0);
      assertAnswered(ofTwo, REQUESTS);
    }
  }

  @ParameterizedTest
  @EnumSource
  void noNoticeIsLost(RequestConcurrency requests) throws Exception {
    AtomicInteger handled = new AtomicInteger();
    RequestHandler counts =
        (from, body) -> {
          handled.incrementAndGet();
          return CompletableFuture.completedFuture(body);
        };
    try (NettyServer server = start(requests.handledBy(counts));
        RpcClient client = connect(server)) {
      tell(client);
      assertEquals(NOTICES, handled.get());
      assertEquals(0, refused(server));
    }
  }

  @Test
  void whatThereIsNoRoomForIsRefusedAndCounted() throws Exception {
    // Beside the one under way, 7 wait: each takes 4 bytes and 128 more.
    try (NettyServer server = start(new SequentialHandler(slow, 1_000));
        RpcClient client = connect(server)) {
      tell(client);
      int kept = 8;
      assertEquals(NOTICES - kept, refused(server));
      CompletableFuture<ByteBuffer> asked = client.ask(number(1));
      assertInstanceOf(
          RequestRefusedException.class,
          assertThrows(CompletionException.class, () -> ChatClient.await(asked)).getCause());
      for (int i = 0; i < kept; i++) {
        next().finish();
      }
      CompletableFuture<ByteBuffer> later = client.ask(number(2));
      next().finish();
      assertEquals(number(2), ChatClient.await(later));
      assertTrue(underWay.isEmpty());
    }
  }

  @Test
  void requestThatFailsMakesRoomForTheNext() throws Exception {
    RequestHandler fails =
        (from, body) -> {
          throw new RequestRefusedException("on purpose");
        };
    try (NettyServer server = start(RequestConcurrency.ONE_AT_A_TIME.handledBy(fails));
        RpcClient client = connect(server)) {
      for (CompletableFuture<ByteBuffer> each : ask(client, 0)) {
        assertThrows(CompletionException.class, () -> ChatClient.await(each));
      }
      assertEquals(REQUESTS, refused(server));
    }
  }

  @Test
  void requestThatTakesTimeIsAnsweredWhenItHasPassed() {
    ManualTimer timer = new ManualTimer();
    CompletableFuture<ByteBuffer> answer =
        new DelayedEcho(Duration.ofMillis(50), timer).handle(null, number(7)).toCompletableFuture();
    timer.advance(Duration.ofMillis(49));
    assertTrue(!answer.isDone());
    timer.advance(Duration.ofMillis(1));
    assertEquals(number(7), answer.join());
  }

  private static NettyServer start(RequestHandler requests) throws IOException {
    RpcOptions rpc = RpcOptions.defaults().withRequests(requests);
    return NettyServer.start(
        ServerOptions.defaults().withLoops(2).withRules(ConnectionRules.defaults().withRpc(rpc)));
  }

  private static RpcClient connect(NettyServer server) {
    return ChatClient.await(RpcClient.connect(server.url(), RpcOptions.defaults()));
  }

  /** Asks in a row; on the return all of it has reached the server. */
  private static List<CompletableFuture<ByteBuffer>> ask(RpcClient client, int first) {
    List<CompletableFuture<ByteBuffer>> asked =
        IntStream.range(first, first + REQUESTS).mapToObj(i -> client.ask(number(i))).toList();
    fence(client);
    return asked;
  }

  /** Tells 4,000 times; on the return all of it has reached the server. */
  private static void tell(RpcClient client) {
    for (int i = 0; i < NOTICES; i++) {
      var unused = client.tell(number(i));
    }
    fence(client);
  }

  /** Frames of one client are read in their order, and text is answered at once. */
  private static void fence(RpcClient client) {
    assertEquals("fence", ChatClient.await(client.askText("fence")));
  }

  private Turn next() throws InterruptedException {
    Turn next = underWay.poll(ChatClient.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    if (next == null) {
      throw new AssertionError("no request is under way");
    }
    return next;
  }

  private static void assertAnswered(List<CompletableFuture<ByteBuffer>> asked, int first) {
    for (int i = 0; i < asked.size(); i++) {
      assertEquals(number(first + i), ChatClient.await(asked.get(i)));
    }
  }

  private static long refused(NettyServer server) {
    return server.counters().get("frames.refused").longValue();
  }

  private static ByteBuffer number(int value) {
    return ByteBuffer.allocate(Integer.BYTES).putInt(value).flip();
  }
}
