package dev.fanbench.protocol.handshake;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fanbench.protocol.handshake.HandshakeCheck.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HandshakeCheckTest {
  private final Map<String, List<String>> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);

  @BeforeEach
  void goodRequest() {
    header("Host", "localhost:9002");
    header("Upgrade", "WebSocket");
    header("Connection", "keep-alive, Upgrade");
    header("Sec-WebSocket-Version", "13");
    header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==");
  }

  @Test
  void goodRequestIsTaken() {
    assertEquals(0, status());
    header("Sec-WebSocket-Protocol", "chat, superchat");
    header("Sec-WebSocket-Extensions", "permessage-deflate; client_max_window_bits");
    assertEquals(0, status());
    assertEquals("s3pPLMBiTxaQ9kYGzzhZRbK+xOo=", HandshakeCheck.accept("dGhlIHNhbXBsZSBub25jZQ=="));
  }

  @Test
  void requestForNoWebSocketOfVersion13Is426() {
    assertEquals(426, status("POST", "HTTP/1.1"));
    assertEquals(426, status("GET", "HTTP/1.0"));
    header("Upgrade", "h2c");
    assertEquals(426, status());
    header("Upgrade");
    assertEquals(426, status());
    goodRequest();
    for (List<String> version :
        List.of(List.<String>of(), List.of("8"), List.of("13, 8"), List.of("13", "13"))) {
      headers.put("Sec-WebSocket-Version", version);
      assertEquals(426, status(), version.toString());
    }
  }

  @Test
  void otherViolationsAre400() {
    for (List<String> upgrade :
        List.of(List.of("h2c, websocket"), List.of("websocket", "websocket"))) {
      assertBad("Upgrade", upgrade);
    }
    assertBad("Connection", List.of());
    assertBad("Connection", List.of("keep-alive"));
    assertBad("Connection", List.of("Upgraded"));
    assertBad("Host", List.of());
    assertBad("Host", List.of(""));
    assertBad("Host", List.of("a", "b"));
    assertBad("Host", List.of("a b"));
    assertBad("Host", List.of("a/b"));
    assertBad("Host", List.of("a:x"));
    for (String key :
        List.of(
            "",
            "x",
            "dGhlIHNhbXBsZSBub25jZQ",
            "dGhlIHNhbXBsZSBub25j",
            "dGhlIHNhb BsZSBub25jZQ==")) {
      assertBad("Sec-WebSocket-Key", List.of(key));
    }
    assertBad("Sec-WebSocket-Key", List.of());
    String key = "dGhlIHNhbXBsZSBub25jZQ==";
    assertBad("Sec-WebSocket-Key", List.of(key, key));
  }

  @Test
  void extensionsAreReadByTheirGrammar() {
    for (String good :
        List.of("", ",", "a", "a,b", " a ; b = c ; d , e", "a; b=\"c\"", "a; b=\"c\\\"d\" ,, e")) {
      header("Sec-WebSocket-Extensions", good);
      assertEquals(0, status(), good);
    }
    for (String bad :
        List.of(";;;", ";", "a;", "a; =b", "a; b=", "a b", "a; b=\"c", "a; b=\"c\\", "=", "a/b")) {
      assertBad("Sec-WebSocket-Extensions", List.of(bad));
    }
  }

  private void header(String name, String... values) {
    headers.put(name, List.of(values));
  }

  private void assertBad(String name, List<String> values) {
    Map<String, List<String>> before = new TreeMap<>(headers);
    headers.put(name, new ArrayList<>(values));
    assertEquals(400, status(), name + ": " + values);
    headers.putAll(before);
    headers.keySet().retainAll(before.keySet());
  }

  private int status() {
    return status("GET", "HTTP/1.1");
  }

  /** 0 for a request without a violation. */
  private int status(String method, String version) {
    Optional<Violation> violation =
        HandshakeCheck.violation(method, version, name -> headers.getOrDefault(name, List.of()));
    return violation.map(Violation::status).orElse(0);
  }
}
