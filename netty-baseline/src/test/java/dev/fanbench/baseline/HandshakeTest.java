package dev.fanbench.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.protocol.contract.RawSocket;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Requests that do not become connections, and those that take their time. */
class HandshakeTest {
  private static final URI ANYWHERE = URI.create("ws://127.0.0.1:1/dev");
  private static NettyServer server;

  @BeforeAll
  static void start() throws Exception {
    server =
        NettyServer.start(
            ServerOptions.defaults()
                .withRules(ConnectionRules.defaults().withOrigins(Set.of("https://chat.example"))));
  }

  @AfterAll
  static void stop() {
    server.close();
    assertEquals(0, server.pinnedDirectBytes());
  }

  @ParameterizedTest
  @CsvSource({
    "https://chat.example, 101",
    ", 101",
    "https://chat.example.evil.example, 403",
    "http://chat.example, 403",
    "null, 403"
  })
  void pagesOfOtherOriginsAreRefused(String origin, int status) throws Exception {
    String header = origin == null ? "" : "Origin: " + origin + "\r\n";
    assertStatus(status, with(header));
  }

  @Test
  void longHeadersAreRefused() throws Exception {
    assertStatus(431, with("X-Long: " + "x".repeat(9_000) + "\r\n"));
  }

  @Test
  void longPathsAreRefused() throws Exception {
    String request = RawSocket.upgrade(server.url());
    assertStatus(414, request.replace("/dev ", "/dev?" + "x".repeat(5_000) + " "));
  }

  @ParameterizedTest
  @CsvSource({"GET / HTTP/9", "hello", "GET /dev HTTP/1.1\\r\\n: no name"})
  void whatIsNoRequestIsRefused(String request) throws Exception {
    assertStatus(400, request.replace("\\r\\n", "\r\n") + "\r\n\r\n");
  }

  @Test
  void halfARequestLeavesNothingBehind() throws Exception {
    URI url = server.url();
    try (Socket vanishing = new Socket(url.getHost(), url.getPort())) {
      vanishing
          .getOutputStream()
          .write("GET /dev HTTP/1.1\r\nHost: h".getBytes(StandardCharsets.US_ASCII));
    }
    assertStatus(403, with("Origin: null\r\n"));
  }

  @Test
  void slowRequestIsToldSoAfterTenSeconds() {
    EmbeddedChannel connection = connection();
    byte[] request = RawSocket.upgrade(ANYWHERE).getBytes(StandardCharsets.US_ASCII);
    for (int second = 0; second < 9; second++) {
      write(connection, request, second, second + 1);
      connection.advanceTimeBy(1, TimeUnit.SECONDS);
    }
    connection.advanceTimeBy(999, TimeUnit.MILLISECONDS);
    connection.runScheduledPendingTasks();
    assertTrue(connection.isOpen());
    connection.advanceTimeBy(1, TimeUnit.MILLISECONDS);
    connection.runScheduledPendingTasks();
    assertEquals("HTTP/1.1 408 Request Timeout", firstLine(connection));
    assertFalse(connection.isOpen());
    connection.finishAndReleaseAll();
  }

  @Test
  void connectionThatWasUpgradedMayStay() {
    EmbeddedChannel connection = connection();
    byte[] request = RawSocket.upgrade(ANYWHERE).getBytes(StandardCharsets.US_ASCII);
    write(connection, request, 0, request.length);
    assertEquals("HTTP/1.1 101 Switching Protocols", firstLine(connection));
    connection.advanceTimeBy(1, TimeUnit.HOURS);
    connection.runScheduledPendingTasks();
    assertTrue(connection.isOpen());
    assertEquals(-1, connection.runScheduledPendingTasks(), "no timer is left");
    connection.finishAndReleaseAll();
  }

  private static EmbeddedChannel connection() {
    EmbeddedChannel connection = new EmbeddedChannel();
    connection.freezeTime();
    Admission everybody = new Admission(Set.of(), Optional.empty(), InstantSource.system());
    connection
        .pipeline()
        .addLast(
            new HttpServerCodec(),
            new HttpObjectAggregator(1024),
            new UpgradeHandler(
                "dev", () -> true, 1024, everybody, false, (pipeline, agreed) -> {}));
    return connection;
  }

  private static void write(EmbeddedChannel connection, byte[] bytes, int from, int to) {
    connection.writeInbound(connection.alloc().buffer().writeBytes(bytes, from, to - from));
  }

  private static String firstLine(EmbeddedChannel connection) {
    ByteBuf head = connection.readOutbound();
    try {
      String text = head.toString(StandardCharsets.US_ASCII);
      return text.substring(0, text.indexOf('\r'));
    } finally {
      head.release();
    }
  }

  private static String with(String header) {
    return RawSocket.upgrade(server.url()).replace("\r\n\r\n", "\r\n" + header + "\r\n");
  }

  private static void assertStatus(int status, String request) throws Exception {
    String head = RawSocket.head(server.url(), request);
    assertTrue(head.startsWith("HTTP/1.1 " + status + " "), head);
  }
}
