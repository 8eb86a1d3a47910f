package dev.fanbench.protocol.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** How a connection begins, and to what the server says no. */
interface HandshakeContract extends TargetUnderContract {

  @Test
  default void upgradeIsAcceptedWithTheRightKey() throws IOException {
    String head = RawSocket.head(url(), RawSocket.upgrade(url())).toLowerCase(Locale.ROOT);
    assertTrue(head.startsWith("http/1.1 101 "), head);
    // The answer to the standard's example key, in lower case.
    assertTrue(head.contains("sec-websocket-accept: s3pplmbitxaq9kygzzhzrbk+xoo=\r\n"), head);
  }

  @Test
  default void subprotocolsAreNotEchoed() throws IOException {
    String request =
        RawSocket.upgrade(url()).replace("\r\n\r\n", "\r\nSec-WebSocket-Protocol: chat\r\n\r\n");
    String head = RawSocket.head(url(), request).toLowerCase(Locale.ROOT);
    assertTrue(head.startsWith("http/1.1 101 "), head);
    assertFalse(head.contains("sec-websocket-protocol"), head);
  }

  @Test
  default void plainGetNeedsAnUpgrade() throws Exception {
    assertEquals(426, get(url().getRawPath()).statusCode());
  }

  @Test
  default void pathThatIsNoStageIsForbidden() throws Exception {
    HttpResponse<String> answer = get("/no-such-stage");
    assertEquals(403, answer.statusCode());
    assertEquals("{\"message\":\"Forbidden\"}", answer.body());
    assertEquals(403, get("/").statusCode());
  }

  @Test
  default void upgradeOfPathThatIsNoStageIsForbidden() throws IOException {
    URI elsewhere = url().resolve("/no-such-stage");
    assertTrue(
        RawSocket.head(url(), RawSocket.upgrade(elsewhere)).startsWith("HTTP/1.1 403 "),
        "a WebSocket client is refused like any other");
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    URI http = URI.create("http://" + url().getAuthority() + path);
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(http).timeout(ChatClient.PATIENCE).build(),
            BodyHandlers.ofString());
  }
}
