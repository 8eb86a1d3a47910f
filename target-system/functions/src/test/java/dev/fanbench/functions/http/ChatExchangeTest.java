package dev.fanbench.functions.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.functions.event.EventHandler;
import dev.fanbench.functions.event.ProxyAnswer;
import dev.fanbench.functions.event.WebSocketEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The chat's HTTP side, over a socket. */
class ChatExchangeTest {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String SECRET = "0123456789abcdef0123456789abcdef";
  private static final String[] HEADERS = {
    "connectionId", "c=", "requestId", "r=", "connectedAt", "5", "eventType", "MESSAGE"
  };
  private static final String[] WITH_AUTHORIZER = {
    "connectionId",
    "c=",
    "requestId",
    "r=",
    "connectedAt",
    "5",
    "eventType",
    "MESSAGE",
    "authorizer",
    "jwt"
  };

  private final Queue<WebSocketEvent> events = new ConcurrentLinkedQueue<>();
  private ChatServer server;

  @BeforeEach
  void start() throws IOException {
    EventHandler echo =
        event -> {
          events.add(event);
          if (event.body().equals("explode")) {
            throw new IllegalStateException("on purpose");
          }
          return ProxyAnswer.ok(
              event.body().isEmpty() ? Optional.empty() : Optional.of("<" + event.body() + ">"));
        };
    server =
        ChatServer.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            new ChatExchange(Map.of("CONNECT", echo, "MESSAGE", echo, "DISCONNECT", echo), SECRET));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void streamIsTheMessageAndHeadersSayTheRest() throws Exception {
    HttpResponse<String> answer = post("/stream", "gr\u00fc\u00dfe \"x\"", HEADERS);
    assertEquals(200, answer.statusCode());
    assertEquals("<gr\u00fc\u00dfe \"x\">", answer.body());
    assertEquals(
        new WebSocketEvent("c=", "r=", Optional.empty(), 5, "MESSAGE", "gr\u00fc\u00dfe \"x\""),
        events.poll());
  }

  @Test
  void queryNamesTheUser() throws Exception {
    post("/stream?user=b%C3%B6b+%26+co", "hello", WITH_AUTHORIZER);
    assertEquals("b\u00f6b & co", events.remove().author());
    post("/stream?user=&other=ada", "hello", WITH_AUTHORIZER);
    assertEquals("c=", events.remove().author());
    post(
        "/event",
        "{\"requestContext\":{\"connectionId\":\"c=\",\"eventType\":\"MESSAGE\","
            + "\"authorizer\":{\"principalId\":\"\"}}}");
    assertEquals("c=", events.remove().author());
  }

  /** A proxy passes a client's own query on. */
  @Test
  void clientCannotNameItself() throws Exception {
    post("/stream?user=eve", "hello", HEADERS);
    assertEquals("c=", events.remove().author());
    assertEquals(400, post("/stream?user=eve&user=ada", "hello", WITH_AUTHORIZER).statusCode());
    assertTrue(events.isEmpty());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "0123456789abcdef0123456789abcdeX",
        "0123456789abcdef0123456789abcde",
        "0123456789abcdef0123456789abcdef0",
        "0123456789ABCDEF0123456789ABCDEF"
      })
  void callerWithAnotherSecretIsRefused(String wrong) throws Exception {
    assertEquals(403, postAs(wrong, "/stream", "hello", HEADERS).statusCode());
    assertEquals(403, postAs(wrong, "/event", "{}").statusCode());
    assertEquals(403, postAs(wrong, "/elsewhere", "").statusCode());
    assertTrue(events.isEmpty());
  }

  @Test
  void callerWithoutASecretIsRefused() throws Exception {
    assertEquals(403, postAs(null, "/stream", "hello", HEADERS).statusCode());
    assertTrue(events.isEmpty());
  }

  @Test
  void secretMustBeThereAndLong() {
    for (String secret : new String[] {null, "", SECRET.substring(1)}) {
      String message =
          assertThrows(IllegalArgumentException.class, () -> new ChatExchange(Map.of(), secret))
              .getMessage();
      assertTrue(message.startsWith("FANBENCH_HTTP_SECRET has "), message);
      assertTrue(message.contains("allowed: 32 or more"), message);
    }
  }

  @Test
  void eventIsAnsweredAsByAFunction() throws Exception {
    HttpResponse<String> answer =
        post(
            "/event",
            "{\"requestContext\":{\"connectionId\":\"c=\",\"eventType\":\"CONNECT\"},\"body\":\"\"}");
    assertEquals("{\"statusCode\":200}", answer.body());
    assertEquals(new WebSocketEvent("c=", "", Optional.empty(), 0, "CONNECT", ""), events.poll());
  }

  @ParameterizedTest
  @ValueSource(strings = {"no JSON", "{}", "{\"requestContext\":{\"connectionId\":\"c=\"}}"})
  void whatIsNoEventIsABadRequest(String body) throws Exception {
    assertEquals(400, post("/event", body).statusCode());
    assertEquals(400, post("/stream", body).statusCode());
    assertEquals(404, post("/elsewhere", body).statusCode());
  }

  @Test
  void failureHurtsOnlyItsOwnRequest() throws Exception {
    assertEquals(500, post("/stream", "explode", HEADERS).statusCode());
    assertEquals("<well>", post("/stream", "well", HEADERS).body());
  }

  private HttpResponse<String> post(String path, String body, String... headers) throws Exception {
    return postAs(SECRET, path, body, headers);
  }

  private HttpResponse<String> postAs(String secret, String path, String body, String... headers)
      throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + path))
            .timeout(Duration.ofSeconds(10))
            .POST(BodyPublishers.ofString(body));
    if (secret != null) {
      request.setHeader("gatewaySecret", secret);
    }
    if (headers.length > 0) {
      request.headers(headers);
    }
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }
}
