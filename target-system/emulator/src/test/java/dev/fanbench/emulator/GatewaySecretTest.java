package dev.fanbench.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.emulator.template.LocalSecretStore;
import dev.fanbench.emulator.template.ParameterException;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The secret by which the chat behind HTTP knows its gateway. */
class GatewaySecretTest {
  private static final String SECRET = "0123456789abcdef0123456789abcdef";

  /** A client's own header of that name does not count. */
  @ParameterizedTest
  @ValueSource(strings = {"http-proxy", "http"})
  void everyRequestCarriesTheSecret(String style) throws Exception {
    try (RecordingEndpoint service = new RecordingEndpoint()) {
      EmulatorOptions options =
          SharedStore.chat()
              .withParameters(
                  Map.of(
                      "Integration",
                      style,
                      "HttpEndpoint",
                      service.address().toString(),
                      "HttpSecretName",
                      "chat/http"))
              .withSecrets(LocalSecretStore.none().with("chat/http", SECRET));
      String path = style.equals("http") ? "/event" : "/stream";
      try (Emulator emulator = Emulator.start(options)) {
        WebSocket client =
            HttpClient.newHttpClient()
                .newWebSocketBuilder()
                .header("gatewaySecret", "mine")
                .header("authorizer", "jwt")
                .buildAsync(emulator.url(), new WebSocket.Listener() {})
                .get(10, TimeUnit.SECONDS);
        RecordingEndpoint.Received connect = service.next(path);
        assertEquals(SECRET, connect.headers().get("gatewaysecret"));
        assertEquals("none", connect.headers().get("authorizer"));
        client.sendText("hello", true).get(10, TimeUnit.SECONDS);
        assertEquals(SECRET, service.next(path).headers().get("gatewaysecret"));
        client.abort();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http-proxy", "http"})
  void serviceWithoutASecretIsRefused(String style) {
    EmulatorOptions options =
        SharedStore.chat()
            .withParameters(Map.of("Integration", style, "HttpEndpoint", "http://127.0.0.1:9"));
    String message =
        assertThrows(ParameterException.class, () -> Emulator.start(options)).getMessage();
    assertTrue(message.contains("need HttpSecretName"), message);
  }
}
