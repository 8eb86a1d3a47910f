package dev.fanbench.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.protocol.contract.ChatClient;
import dev.fanbench.protocol.contract.RawSocket;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameEncoder;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that vanish without a word, and those that only have nothing to say. */
class PingTest {
  private static final Duration INTERVAL = Duration.ofSeconds(30);

  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private NettyServer server;

  @AfterEach
  void stop() {
    if (server != null) {
      server.close();
      assertEquals(0, server.pinnedDirectBytes());
    }
  }

  @Test
  void clientThatAnswersStays() throws Exception {
    start(ConnectionRules.defaults());
    try (RawSocket client = RawSocket.connect(server.url());
        ChatClient jdk = ChatClient.connect(server.url())) {
      for (int i = 1; i <= 5; i++) {
        pass(INTERVAL);
        assertEquals(RawSocket.PING, client.next().opcode());
        client.frame(RawSocket.PONG, true, new byte[0]);
        Awaited.counter(server, "pings.answered", 2L * i);
      }
      jdk.expectNothing();
      assertEquals(10, counter("pings.sent"));
      assertEquals(0, counter("pings.unanswered"));
    }
  }

  @Test
  void clientThatMissesTwoPingsIsClosedWith1001() throws Exception {
    start(ConnectionRules.defaults());
    try (RawSocket client = RawSocket.connect(server.url())) {
      pass(INTERVAL.minusMillis(1));
      assertEquals(0, counter("pings.sent"));
      pass(Duration.ofMillis(1));
      pass(INTERVAL);
      assertEquals(2, counter("pings.sent"));
      pass(INTERVAL);
      assertEquals(RawSocket.PING, client.next().opcode());
      assertEquals(RawSocket.PING, client.next().opcode());
      assertEquals(1001, client.closeCode());
      assertEquals(1, counter("pings.unanswered"));
    }
    Awaited.counter(server, "connections.open", 0);
  }

  @ParameterizedTest
  @ValueSource(ints = {RawSocket.TEXT, RawSocket.BINARY, RawSocket.PING, RawSocket.PONG})
  void anyFrameIsASignOfLife(int opcode) throws Exception {
    start(ConnectionRules.defaults());
    try (RawSocket client = RawSocket.connect(server.url())) {
      for (int i = 1; i <= 6; i++) {
        pass(INTERVAL);
        client.frame(opcode, true, new byte[0]);
        // An answer to a ping of its own tells that the server has read both.
        client.frame(RawSocket.PING, true, new byte[] {1});
        while (client.next().payload().remaining() == 0) {
          assertEquals(1, counter("connections.open"));
        }
      }
      assertEquals(0, counter("pings.unanswered"));
    }
  }

  @Test
  void clientThatReadsNothingEndsWhenNothingMoves() throws Exception {
    server =
        NettyServer.start(
            options(ConnectionRules.defaults())
                .withSlow(
                    SlowRules.defaults()
                        .withMaxPendingBytes(16 * 1024)
                        .withSendBufferBytes(16 * 1024)));
    try (RawSocket client = RawSocket.connect(server.url())) {
      CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> ask(client, 10_000));
      Awaited.figure("paused", () -> Math.min(1, counter("slow.readsPaused")), 1);
      // The first check may still see something move.
      for (int i = 0; i < 10 && counter("pings.unanswered") == 0; i++) {
        pass(INTERVAL);
      }
      assertEquals(1, counter("pings.unanswered"));
      Awaited.counter(server, "connections.open", 0);
      sent.cancel(false);
    }
  }

  @Test
  void noPingIsSentWhereNoneIsWanted() throws Exception {
    for (ConnectionRules rules :
        List.of(
            ConnectionRules.defaults().withPingInterval(Duration.ZERO),
            ConnectionRules.defaults().withLimits(ConnectionLimits.AWS))) {
      try (NettyServer quiet = NettyServer.start(options(rules));
          RawSocket client = RawSocket.connect(quiet.url())) {
        now.updateAndGet(instant -> instant.plus(Duration.ofMinutes(9)));
        quiet.ping();
        client.text("/x");
        assertEquals(RawSocket.TEXT, client.next().opcode());
      }
    }
  }

  @Test
  void clientsThatCameAtTheSameTimeArePingedOneAfterTheOther() {
    PingCounter counters = new PingCounter();
    PingSchedule schedule = new PingSchedule(now::get, INTERVAL, counters);
    List<EmbeddedChannel> clients = Stream.generate(() -> client(schedule)).limit(3_000).toList();
    now.updateAndGet(instant -> instant.plus(INTERVAL));
    schedule.tick();
    long inOneTick = counters.sent().sum();
    assertTrue(inOneTick > 0 && inOneTick < 100, inOneTick + " pings at once");
    for (int i = 0; i < 300; i++) {
      schedule.tick();
    }
    assertEquals(3_000, counters.sent().sum());
    clients.forEach(EmbeddedChannel::finishAndReleaseAll);
    now.updateAndGet(instant -> instant.plus(INTERVAL));
    schedule.tick();
    assertEquals(3_000, counters.sent().sum(), "those who left are forgotten");
    assertFalse(clients.get(0).isOpen());
  }

  private static EmbeddedChannel client(PingSchedule schedule) {
    EmbeddedChannel channel = new EmbeddedChannel(new WebSocket13FrameEncoder(false));
    channel.pipeline().addLast(new FrameGate(new LongAdder(), schedule));
    return channel;
  }

  private static void ask(RawSocket client, int times) {
    try {
      for (int i = 0; i < times; i++) {
        client.text("/x");
      }
    } catch (IOException ended) {
      // By the server, as the test wants.
    }
  }

  private void start(ConnectionRules rules) throws IOException {
    server = NettyServer.start(options(rules));
  }

  private ServerOptions options(ConnectionRules rules) {
    InstantSource clock = now::get;
    return ServerOptions.defaults().withLoops(1).withRules(rules.withClock(clock));
  }

  private void pass(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
    server.ping();
  }

  private long counter(String name) {
    return server.counters().get(name).longValue();
  }
}
