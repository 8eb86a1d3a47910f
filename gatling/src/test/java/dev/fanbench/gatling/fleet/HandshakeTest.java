package dev.fanbench.gatling.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.dialect.ConnectRule;
import dev.fanbench.gatling.dialect.FrameContext;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HandshakeTest {
  private static final String KEY = "dGhlIHNhbXBsZSBub25jZQ==";
  private static final FrameContext VALUES = FrameContext.of(0, "user", "", 0);
  private static final ClientIdentity USER = new ClientIdentity("user", "", "", Map.of());
  private static final String ACCEPT = "s3pPLMBiTxaQ9kYGzzhZRbK+xOo=";

  @Test
  void theExampleOfRfc6455() {
    assertEquals(ACCEPT, OpeningHandshake.accept(KEY));
  }

  @Test
  void theRequestNamesTheTargetAndCarriesHeadersAndToken() {
    TargetAddress endpoint =
        TargetAddress.of(URI.create("ws://127.0.0.1:9001/dev?a=b%20c"), SourceSet.AUTOMATIC);
    OpeningHandshake handshake =
        new OpeningHandshake(
            endpoint,
            ConnectRule.NONE,
            Map.of("X-Run", "7"),
            HandshakeCredential.tokens(List.of("abc.def.ghi")));
    assertEquals(
        """
        GET /dev?a=b%20c HTTP/1.1
        Host: 127.0.0.1:9001
        Upgrade: websocket
        Connection: Upgrade
        Sec-WebSocket-Version: 13
        Sec-WebSocket-Key: KEY
        X-Run: 7
        Authorization: abc.def.ghi

        """
            .replace("\n", "\r\n"),
        new String(handshake.request("KEY", 0, VALUES, USER), StandardCharsets.US_ASCII));
  }

  /** As a header alone it would be offered, and the server's choice taken for a fault. */
  @Test
  void aSubprotocolGivenAsAHeaderIsOfferedOnceAndItsChoiceIsChecked() {
    OpeningHandshake handshake =
        new OpeningHandshake(
            TargetAddress.of(URI.create("ws://127.0.0.1:9001/dev"), SourceSet.AUTOMATIC),
            ConnectRule.NONE,
            Map.of("sec-websocket-protocol", "chat.v2, chat.v1"),
            HandshakeCredential.none());

    assertEquals(List.of("chat.v2", "chat.v1"), handshake.subprotocols(VALUES));
    String request =
        new String(handshake.request("KEY", 0, VALUES, USER), StandardCharsets.US_ASCII);
    assertTrue(request.contains("\r\nSec-WebSocket-Protocol: chat.v2, chat.v1\r\n"), request);
    assertEquals(
        1, request.toLowerCase(Locale.ROOT).split("sec-websocket-protocol", -1).length - 1);
  }

  @Test
  void connectionsTakeTheirTurnAmongTheTokens() {
    TargetAddress endpoint =
        TargetAddress.of(URI.create("ws://127.0.0.1:9001/dev"), SourceSet.AUTOMATIC);
    OpeningHandshake handshake =
        new OpeningHandshake(
            endpoint, ConnectRule.NONE, Map.of(), HandshakeCredential.tokens(List.of("a", "b")));
    for (int n = 0; n < 4; n++) {
      String request =
          new String(handshake.request("KEY", n, VALUES, USER), StandardCharsets.US_ASCII);
      assertTrue(
          request.endsWith("\r\nAuthorization: " + "ab".charAt(n % 2) + "\r\n\r\n"), request);
    }
  }

  @Test
  void keysAreSixteenBytesInBase64() {
    assertEquals("AQAAAAAAAAACAAAAAAAAAA==", OpeningHandshake.key(1, 2));
  }

  @Test
  void defaultPortsAndPath() {
    TargetAddress plain = TargetAddress.of(URI.create("ws://127.0.0.1"), SourceSet.AUTOMATIC);
    assertEquals(80, plain.port());
    assertEquals("/", plain.resource("", ""));
    assertEquals(
        443, TargetAddress.of(URI.create("wss://127.0.0.1/dev"), SourceSet.AUTOMATIC).port());
    assertEquals(
        "::1", TargetAddress.of(URI.create("ws://[::1]:9001/dev"), SourceSet.AUTOMATIC).host());
  }

  @Test
  void aGoodAnswerIsNoRefusal() {
    HandshakeAnswer answer =
        answer(
            "HTTP/1.1 101 Switching Protocols\r\nupgrade: WebSocket\r\n"
                + "Connection: upgrade\r\nSEC-WEBSOCKET-ACCEPT:  "
                + ACCEPT
                + " \r\n\r\nframes");
    assertEquals(Optional.empty(), answer.refusal(ACCEPT, false, List.of()));
    assertEquals("frames", answer.text().substring(answer.bodyAt()));
  }

  @Test
  void anAnswerIsNotReadBeforeItsHeadIsComplete() {
    for (String begin :
        new String[] {"", "H", "HTTP/1.", "HTTP/1.1 101 Switching Protocols\r\n\r"}) {
      assertTrue(answer(begin).mayBeHttp());
      assertFalse(answer(begin).headComplete());
    }
    assertFalse(answer("SSH-2.0-x\r\n").mayBeHttp());
  }

  @Test
  void whatIsNoWebSocketIsShown() {
    assertRefused(
        403,
        "{\"message\":\"Forbidden\"}",
        "HTTP/1.1 403 Forbidden\r\nContent-Length: 23\r\n\r\n{\"message\":\"Forbidden\"}");
    assertRefused(426, "", "HTTP/1.1 426 Upgrade Required\r\n\r\n");
    assertRefused(
        101,
        "no 'Upgrade: websocket'",
        "HTTP/1.1 101 Switching Protocols\r\nSec-WebSocket-Accept: " + ACCEPT + "\r\n\r\n");
    assertRefused(
        101,
        "Sec-WebSocket-Accept is none, expected " + ACCEPT,
        "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n");
    assertRefused(
        101,
        "extension permessage-deflate was not offered",
        "HTTP/1.1 101 X\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: "
            + ACCEPT
            + "\r\nSec-WebSocket-Extensions: permessage-deflate\r\n\r\n");
    assertEquals(
        new ConnectFailure.NotAWebSocket(0, "SSH-2.0-OpenSSH"),
        answer("SSH-2.0-OpenSSH\r\n").notAWebSocket());
  }

  @Test
  void deflatingIsAgreedOnlyAsItWasOffered() {
    String head =
        "HTTP/1.1 101 X\r\nUpgrade: websocket\r\nSec-WebSocket-Accept: "
            + ACCEPT
            + "\r\nSec-WebSocket-Extensions: %s\r\n\r\n";
    assertEquals(
        Optional.empty(),
        answer(head.formatted(DeliveryInflater.OFFER)).refusal(ACCEPT, true, List.of()));
    for (String other :
        List.of("permessage-deflate", "x-other", DeliveryInflater.OFFER + ", permessage-deflate")) {
      assertEquals(
          Optional.of(
              new ConnectFailure.NotAWebSocket(101, "extension " + other + " was not offered")),
          answer(head.formatted(other)).refusal(ACCEPT, true, List.of()));
    }
  }

  @Test
  void onlyTheBeginningOfABodyIsWaitedFor() {
    String head = "HTTP/1.1 500 X\r\nContent-Length: 100000\r\n\r\n";
    assertFalse(answer(head + "x".repeat(199)).bodyShowable());
    assertTrue(answer(head + "x".repeat(200)).bodyShowable());
    assertTrue(answer("HTTP/1.1 500 X\r\nContent-Length: 0\r\n\r\n").bodyShowable());
  }

  private static void assertRefused(int status, String shown, String answer) {
    assertEquals(
        Optional.of(new ConnectFailure.NotAWebSocket(status, shown)),
        answer(answer).refusal(ACCEPT, false, List.of()));
  }

  private static HandshakeAnswer answer(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    return HandshakeAnswer.of(bytes, bytes.length);
  }
}
