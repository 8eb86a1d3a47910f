package dev.fanbench.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.emulator.RawHttp.Answer;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Requests for a WebSocket that are none: each is answered, and nothing is asked or opened. */
class MalformedHandshakeTest {
  private static TestApi api;

  @BeforeAll
  static void start() throws IOException {
    api = TestApi.start();
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  @Test
  void handshakesThatAreNoneAreRefusedBeforeConnectIsCalled() throws Exception {
    long before = counter("apigateway.ConnectCount");
    List<String> requests = malformed();
    for (String request : requests) {
      try (RawHttp http = RawHttp.connect(api.url()).send(request)) {
        Answer answer = http.next();
        assertTrue(answer.status() == 400 || answer.status() == 426, request + answer);
        if (answer.status() == 426) {
          assertEquals("13", answer.headers().get("sec-websocket-version"), request);
        }
        assertTrue(http.isAtEnd(), request);
      }
    }
    assertEquals(before, counter("apigateway.ConnectCount"));
    assertEquals(0, counter("connections.open"));
  }

  /** Every line of a good request left out, doubled and misspelt, and what was seen in use. */
  private static List<String> malformed() {
    List<String> requests = new ArrayList<>();
    String good = RawHttp.upgrade(api.url());
    String[] lines = good.strip().split("\r\n", -1);
    for (int i = 1; i < lines.length; i++) {
      String line = lines[i] + "\r\n";
      requests.add(good.replace(line, ""));
      requests.add(good.replace(line, "X-" + line));
      requests.add(good.replace(line, lines[i].split(":", -1)[0] + ": nonsense\r\n"));
      if (!line.startsWith("Connection")) {
        requests.add(good.replace(line, line + line));
      }
    }
    // A Host may have any name.
    requests.remove(good.replace("Host: " + api.url().getAuthority(), "Host: nonsense"));
    requests.add(good.replace("HTTP/1.1", "HTTP/1.0"));
    requests.add(good.replace("GET", "POST"));
    requests.add(good.replace("Upgrade: websocket", "Upgrade: h2c, websocket"));
    requests.add(good.replace("Version: 13", "Version: 8"));
    requests.add(good.replace("Version: 13", "Version: 13, 8"));
    requests.add(good.replace("bm9uY2U=", "").replace("nonce", ""));
    requests.add(good.replace("dGhlIHNhbXBsZSBub25jZQ==", "dGhlIHNhbXBsZSBub25j"));
    requests.add(good.replace("\r\n\r\n", "\r\nSec-WebSocket-Extensions: ;;;\r\n\r\n"));
    requests.removeIf(good::equals);
    return requests;
  }

  @Test
  void clientsOfTheStandardAreLetIn() throws Exception {
    String good = RawHttp.upgrade(api.url());
    for (String request :
        List.of(
            good,
            good.replace("Connection: Upgrade", "Connection: keep-alive, Upgrade"),
            good.replace("Upgrade: websocket", "Upgrade: WebSocket"),
            good.replace("\r\n\r\n", "\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n"))) {
      Answer answer = RawHttp.ask(api.url(), request);
      assertEquals(101, answer.status(), request);
      assertEquals(
          "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", answer.headers().get("sec-websocket-accept"), request);
      api.event("DisconnectFunction");
    }
    assertEquals(0, counter("connections.open"));
  }

  private static long counter(String name) {
    return api.emulator().counters().get(name);
  }
}
