package dev.fanbench.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fanbench.protocol.ChatLimits;
import dev.fanbench.protocol.contract.ChatClient;
import dev.fanbench.protocol.contract.RawSocket;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The limits of API Gateway, which the baseline keeps when it is asked to. */
class AwsLimitHandlerTest {
  private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
  private NettyServer server;

  @BeforeEach
  void start() throws Exception {
    InstantSource clock = now::get;
    server =
        NettyServer.start(
            ServerOptions.defaults()
                .withRules(
                    ConnectionRules.defaults().withLimits(ConnectionLimits.AWS).withClock(clock)));
  }

  @AfterEach
  void stop() {
    server.close();
    assertEquals(0, server.pinnedDirectBytes());
  }

  @Test
  void frameOverTheLimitClosesWith1009() throws Exception {
    try (RawSocket raw = RawSocket.connect(server.url())) {
      raw.frame(RawSocket.TEXT, true, new byte[ChatLimits.FRAME_BYTES + 1]);
      assertEquals(1009, raw.closeCode());
    }
  }

  @Test
  void binaryClosesWith1003() {
    try (ChatClient client = ChatClient.connect(server.url())) {
      assertEquals(1003, client.sendBinary(new byte[] {1}).closeCode());
    }
  }

  @Test
  void whoNeitherSpeaksNorHearsForTenMinutesIsClosedWith1001() {
    try (ChatClient talks = ChatClient.connect(server.url());
        ChatClient listens = ChatClient.connect(server.url());
        ChatClient idle = ChatClient.connect(server.url(), "elsewhere")) {
      pass(Duration.ofMinutes(9));
      talks.send("hello");
      assertEquals("#general anonymous: hello", listens.next());
      idle.ping(new byte[] {1});
      pass(Duration.ofSeconds(59));
      idle.ping(new byte[] {2});
      pass(Duration.ofSeconds(1));
      assertEquals(1001, idle.closeCode());
      talks.expectNothing();
      listens.expectNothing();
    }
  }

  @Test
  void whoIsThereForTwoHoursIsClosedWith1001() {
    try (ChatClient client = ChatClient.connect(server.url())) {
      for (int minutes = 0; minutes < 115; minutes += 5) {
        pass(Duration.ofMinutes(5));
        client.expectNothing();
      }
      pass(Duration.ofMinutes(5));
      assertEquals(1001, client.closeCode());
    }
  }

  @Test
  void noneOfThemHoldsUnlessAskedFor() throws Exception {
    try (NettyServer free =
            NettyServer.start(
                ServerOptions.defaults()
                    .withRules(ConnectionRules.defaults().withClock(now::get)));
        ChatClient client = ChatClient.connect(free.url())) {
      now.updateAndGet(instant -> instant.plus(ChatLimits.AGE));
      free.sweep();
      client.expectNothing();
    }
  }

  private void pass(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
    server.sweep();
  }
}
