package dev.fanbench.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.protocol.contract.ChatClient;
import dev.fanbench.protocol.contract.RawSocket;
import dev.fanbench.tokens.TokenKey;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.codec.http.HttpServerCodec;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

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

  @ParameterizedTest
  @CsvSource({
    "Connection: Upgrade, X-Connection: Upgrade, 400",
    "Upgrade: websocket, 'Upgrade: h2c, websocket', 400",
    "Upgrade: websocket, Upgrade: h2c, 426",
    "Version: 13, Version: 8, 426",
    "Sec-WebSocket-Version: 13, X-Version: 13, 426",
    "HTTP/1.1, HTTP/1.0, 426",
    "GET, POST, 426",
    "dGhlIHNhbXBsZSBub25jZQ==, dGhlIHNhbXBsZQ==, 400",
    "Sec-WebSocket-Key, X-Key, 400"
  })
  void requestsForNoWebSocketAreRefused(String good, String bad, int status) throws Exception {
    String answer = answer(RawSocket.upgrade(server.url()).replace(good, bad));
    assertTrue(answer.startsWith("HTTP/1.1 " + status + " "), answer);
    assertEquals(status == 426, answer.contains("sec-websocket-version: 13\r\n"), answer);
  }

  @Test
  void wholeUrlInTheRequestLineIsTaken() throws Exception {
    String request = RawSocket.upgrade(server.url());
    String origin = "http://" + server.url().getAuthority();
    assertStatus(101, request.replace("GET /dev ", "GET " + origin + "/dev "));
    assertStatus(403, request.replace("GET /dev ", "GET " + origin + " "));
  }

  @ParameterizedTest
  @CsvSource({"Content-Length: 20000", "Transfer-Encoding: chunked", "Expect: 100-continue"})
  void longBodyIsRefusedOnce(String header) throws Exception {
    String head = "POST /dev HTTP/1.1\r\nHost: h\r\n" + header + "\r\n";
    if (header.startsWith("Expect")) {
      head += "Content-Length: 20000\r\n";
    }
    String body = "x".repeat(20_000);
    boolean chunked = header.endsWith("chunked");
    String answer = answer(head + "\r\n" + (chunked ? "4e20\r\n" + body : body));
    assertTrue(answer.startsWith("HTTP/1.1 413 "), answer);
    assertEquals(0, answer.lastIndexOf("HTTP/1.1"), "one answer: " + answer);
  }

  @Test
  void requestThatWasRefusedIsNotToldThatItWasSlow() {
    EmbeddedChannel connection = connection();
    byte[] request =
        "POST /dev HTTP/1.1\r\nContent-Length: 20000\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    write(connection, request, 0, request.length);
    assertEquals("HTTP/1.1 413 Request Entity Too Large", firstLine(connection));
    connection.releaseOutbound();
    connection.advanceTimeBy(1, TimeUnit.HOURS);
    connection.runScheduledPendingTasks();
    assertNull(connection.readOutbound());
    connection.finishAndReleaseAll();
  }

  @Test
  void failureInTheHandshakeIsAnswered() {
    EmbeddedChannel connection =
        connection(
            () -> {
              throw new IllegalStateException("broken on purpose");
            });
    byte[] request = RawSocket.upgrade(ANYWHERE).getBytes(StandardCharsets.US_ASCII);
    write(connection, request, 0, request.length);
    assertEquals("HTTP/1.1 500 Internal Server Error", firstLine(connection));
    assertFalse(connection.isOpen());
    connection.finishAndReleaseAll();
  }

  @Test
  void secondRequestOnASocketIsNoFrame() throws Exception {
    String request = RawSocket.upgrade(server.url());
    String answer = answer(request + request);
    assertTrue(answer.startsWith("HTTP/1.1 101 "), answer);
    assertTrue(answer.endsWith("\u0088\u0002\u0003\u00ea"), "close 1002");
    assertEquals(0, answer.lastIndexOf("HTTP/1.1"), "one answer: " + answer);
  }

  @Test
  void frameRightBehindTheRequestIsTaken() throws Exception {
    byte[] frames =
        concat(
            RawSocket.encode(RawSocket.TEXT, true, "/name ada".getBytes(StandardCharsets.UTF_8)),
            RawSocket.encode(RawSocket.CLOSE, true, new byte[] {0x03, (byte) 0xe8}));
    String request =
        RawSocket.upgrade(server.url()) + new String(frames, StandardCharsets.ISO_8859_1);
    String answer = answer(request);
    assertTrue(answer.contains("Set username to ada"), answer);
    assertTrue(answer.endsWith("\u0088\u0002\u0003\u00e8"), "close 1000");
  }

  private static byte[] concat(byte[] first, byte[] second) {
    byte[] both = Arrays.copyOf(first, first.length + second.length);
    System.arraycopy(second, 0, both, first.length, second.length);
    return both;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {";;;", ",", ";", "=", "permessage-deflate;;", "permessage-deflate; =", ""})
  void extensionsOfAnyTextAreAnswered(String extensions) throws Exception {
    ConnectionRules deflating = ConnectionRules.defaults().withDeflate(true);
    try (NettyServer other = NettyServer.start(ServerOptions.defaults().withRules(deflating))) {
      String head =
          RawSocket.head(
              other.url(),
              RawSocket.upgrade(other.url())
                  .replace("\r\n\r\n", "\r\nSec-WebSocket-Extensions: " + extensions + "\r\n\r\n"));
      assertTrue(head.matches("(?s)HTTP/1.1 (101|400) .*"), head);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"?token=%zz", "?%zz&token=%", "?token=%e", "?%zz", "?"})
  void queryThatCannotBeDecodedIsNoBetterThanNone(String query) throws Exception {
    TokenKey key = new TokenKey("0123456789abcdef0123456789abcdef");
    ConnectionRules asking = ConnectionRules.defaults().withTokens(Optional.of(key));
    try (NettyServer other = NettyServer.start(ServerOptions.defaults().withRules(asking))) {
      String request = RawSocket.upgrade(other.url()).replace("/dev ", "/dev" + query + " ");
      String refused = RawSocket.head(other.url(), request);
      assertTrue(refused.matches("(?s)HTTP/1.1 40[13] .*"), refused);
      String token = key.sign("ada", Instant.now().plusSeconds(60));
      String header = "\r\nAuthorization: " + token + "\r\n\r\n";
      String taken = RawSocket.head(other.url(), request.replace("\r\n\r\n", header));
      assertTrue(taken.startsWith("HTTP/1.1 101 "), taken);
    }
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
    return connection(() -> true);
  }

  private static EmbeddedChannel connection(BooleanSupplier open) {
    EmbeddedChannel connection = new EmbeddedChannel();
    connection.freezeTime();
    Admission everybody = new Admission(Set.of(), Optional.empty(), InstantSource.system());
    connection
        .pipeline()
        .addLast(
            new HttpServerCodec(),
            new RequestCollector(),
            new UpgradeHandler("dev", open, 1024, everybody, false, (pipeline, agreed) -> {}));
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

  /** All that comes back on a connection, up to its end. */
  private static String answer(String request) throws Exception {
    URI url = server.url();
    try (Socket socket = new Socket(url.getHost(), url.getPort())) {
      socket.setSoTimeout((int) ChatClient.PATIENCE.toMillis());
      socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
      return new String(socket.getInputStream().readAllBytes(), StandardCharsets.ISO_8859_1);
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
