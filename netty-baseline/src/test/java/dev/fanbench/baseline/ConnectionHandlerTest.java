package dev.fanbench.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.baseline.chat.RoomMessage;
import dev.fanbench.protocol.contract.ChatClient;
import dev.fanbench.protocol.contract.RawSocket;
import dev.fanbench.target.FaultRequest;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the baseline does beyond the contract that it shares with the serverless chat. */
class ConnectionHandlerTest {
  private static NettyServer server;

  @BeforeAll
  static void start() throws Exception {
    server = NettyServer.start(ServerOptions.defaults());
  }

  @AfterAll
  static void stop() {
    server.close();
    assertEquals(0, server.pinnedDirectBytes());
  }

  @BeforeEach
  void awaitTheEndOfEarlierConnections() {
    Awaited.counter(server, "connections.open", 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"ff01020304", "ff", "00000000000000000701"})
  void noticesAndResponsesWantNoAnswer(String frame) {
    long malformed = counter("frames.malformed");
    try (ChatClient client = ChatClient.connect(server.url())) {
      client.sendBinary(bytes(frame).array());
      client.expectNothing();
    }
    assertEquals(malformed, counter("frames.malformed"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "01", "0100000000000000", "00", "02000000000000000101020304"})
  void malformedBinaryFramesAreCountedAndForgiven(String frame) {
    long malformed = counter("frames.malformed");
    try (ChatClient client = ChatClient.connect(server.url())) {
      client.sendBinary(bytes(frame).array());
      client.expectNothing();
    }
    assertEquals(malformed + 1, counter("frames.malformed"));
  }

  @Test
  void binaryMessagesHaveALimitOfTheirOwn() {
    byte[] longest = new byte[65_536];
    longest[0] = 1;
    try (ChatClient client = ChatClient.connect(server.url())) {
      client.sendBinary(longest);
      longest[0] = 0;
      assertEquals(ByteBuffer.wrap(longest), client.nextBinary());
      client.sendBinary(new byte[65_537]);
      assertEquals(1009, client.closeCode());
    }
  }

  @Test
  void whatIsSaidIsKeptEvenInTheSameMillisecond() throws Exception {
    InstantSource still = InstantSource.fixed(Instant.ofEpochMilli(1_600_000_000_123L));
    ServerOptions options =
        ServerOptions.defaults().withRules(ConnectionRules.defaults().withClock(still));
    try (NettyServer keeping = NettyServer.start(options);
        ChatClient sender = ChatClient.connect(keeping.url(), "kept")) {
      assertEquals("Set username to bz", sender.ask("/name bz"));
      sender.send("first").send("second").expectNothing();
      assertEquals(
          List.of(
              new RoomMessage(still.millis(), "bz", "first"),
              new RoomMessage(still.millis(), "bz", "second")),
          keeping.chat().room("kept").orElseThrow().history().latest());
    }
  }

  @Test
  void connectionsAreCounted() {
    long opened = counter("connections.opened");
    try (ChatClient client = ChatClient.connect(server.url())) {
      assertEquals(opened + 1, counter("connections.opened"));
      client.expectNothing();
    }
    Awaited.counter(server, "connections.open", 0);
  }

  @Test
  void clientThatVanishesInsideAMessageIsForgotten() throws Exception {
    try (RawSocket raw = RawSocket.connect(server.url())) {
      raw.frame(RawSocket.TEXT, false, new byte[] {'a'});
    }
    Awaited.counter(server, "connections.open", 0);
  }

  @Test
  void stalledLoopsMakeEverybodyWait() {
    try (ChatClient client = ChatClient.connect(server.url())) {
      long start = System.nanoTime();
      server.faults().inject(FaultRequest.parse("{\"stallMillis\":60}"));
      client.expectNothing();
      assertTrue(System.nanoTime() - start >= 60_000_000);
    }
  }

  private static ByteBuffer bytes(String hex) {
    return ByteBuffer.wrap(HexFormat.of().parseHex(hex));
  }

  private static long counter(String name) {
    return server.counters().get(name).longValue();
  }
}
