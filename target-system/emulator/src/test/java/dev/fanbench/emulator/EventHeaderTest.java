package dev.fanbench.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanbench.emulator.RecordingEndpoint.Received;
import dev.fanbench.protocol.contract.RawSocket;
import java.io.IOException;
import java.net.URI;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Headers of events: those of clients, and those that API Gateway sets. */
@Shows(AwsChecklist.EVENT_SHAPES)
class EventHeaderTest {
  private static final String TRACE_ID = "1-[0-9a-f]{8}-[0-9a-f]{24}";

  @Test
  @Shows(AwsChecklist.CONNECT_HEADERS)
  void connectHasTheHeadersThatTheGatewaySets() throws Exception {
    try (TestApi api = TestApi.start();
        RawSocket client = RawSocket.connect(api.url())) {
      JsonNode headers = agreed(api.event("ConnectFunction"));
      assertEquals("127.0.0.1", headers.get("X-Forwarded-For").asText());
      assertEquals(api.url().getPort(), headers.get("X-Forwarded-Port").asInt());
      assertEquals("http", headers.get("X-Forwarded-Proto").asText());
      assertEquals("127.0.0.1", headers.get("Host").asText());
      assertTrue(headers.get("X-Amzn-Trace-Id").asText().matches("Root=" + TRACE_ID));
      assertEquals("13", headers.get("Sec-WebSocket-Version").asText());
      assertEquals(Set.of(), common(headers, "content-length", "connection", "upgrade"));
      assertFalse(client.text("{}").next().text().isEmpty());
    }
  }

  @Test
  @Shows(AwsChecklist.CONNECT_HEADERS)
  void clientsOwnForwardingIsAppendedTo() throws Exception {
    String lines =
        String.join(
            "\r\n",
            "x-forwarded-for: 10.1.1.1",
            "X-Forwarded-For: 10.2.2.2",
            "X-Forwarded-Proto: https",
            "X-Amzn-Trace-Id: Root=1-67891233-abcdef012345678912345678",
            "");
    try (TestApi api = TestApi.start();
        RawSocket client = RawSocket.connect(api.url(), lines)) {
      JsonNode headers = agreed(api.event("ConnectFunction"));
      assertEquals("10.1.1.1, 10.2.2.2, 127.0.0.1", headers.get("x-forwarded-for").asText());
      assertEquals("https, http", headers.get("X-Forwarded-Proto").asText());
      assertTrue(
          headers
              .get("X-Amzn-Trace-Id")
              .asText()
              .matches("Self=" + TRACE_ID + ";Root=1-67891233-abcdef012345678912345678"));
      assertFalse(client.text("{}").next().text().isEmpty());
    }
  }

  @Test
  @Shows(AwsChecklist.HEADER_SPELLINGS)
  void twoSpellingsAreOneName() throws Exception {
    String lines = "x-room: a\r\nX-ROOM: b\r\nX-Room: c\r\nContent-Length: 0\r\n";
    try (TestApi api = TestApi.start();
        RawSocket client = RawSocket.connect(api.url(), lines)) {
      JsonNode event = api.event("ConnectFunction");
      assertEquals("c", event.at("/headers/x-room").asText());
      assertEquals("[\"a\",\"b\",\"c\"]", event.at("/multiValueHeaders/x-room").toString());
      assertEquals(Set.of("x-room"), common(event.get("headers"), "x-room"));
      assertEquals("0", event.at("/headers/Content-Length").asText(), "one that the client sent");
      assertFalse(client.text("{}").next().text().isEmpty());
    }
  }

  @Test
  @Shows(AwsChecklist.DISCONNECT_HEADERS)
  void disconnectHasFourHeaders() throws Exception {
    try (TestApi api = TestApi.start()) {
      Client.connect(api.url()).close(1000, "");
      JsonNode headers = agreed(api.event("DisconnectFunction"));
      assertEquals(
          Map.of("Host", "127.0.0.1", "x-api-key", "", "X-Forwarded-For", "", "x-restapi", ""),
          Map.of(
              "Host", headers.get("Host").asText(),
              "x-api-key", headers.get("x-api-key").asText(),
              "X-Forwarded-For", headers.get("X-Forwarded-For").asText(),
              "x-restapi", headers.get("x-restapi").asText()));
      assertEquals(4, headers.size());
    }
  }

  @Test
  @Shows(AwsChecklist.PROXIED_HANDSHAKE)
  void httpProxyForwardsTheHeadersAndTheQueryOfAHandshake() throws Exception {
    try (RecordingEndpoint endpoint = new RecordingEndpoint();
        TestApi api = styles(endpoint)) {
      String lines = "X-Room: a\r\nCookie: c=1\r\nconnectionid: forged\r\n";
      URI url = URI.create(api.url() + "?room=a%20b&room=c&flag");
      try (RawSocket client = RawSocket.connect(url, lines)) {
        Received request = endpoint.next("/connect");
        assertEquals("a", request.headers().get("x-room"));
        assertEquals("c=1", request.headers().get("cookie"));
        assertEquals("127.0.0.1", request.headers().get("x-forwarded-for"));
        assertEquals("room=a b&room=c&flag=", request.query());
        assertTrue(request.headers().get("connectionid").matches("[\\w-]{15}="), "it is mapped");
        client.text("{\"action\":\"httpProxy\"}");
        Received message = endpoint.next("/proxy");
        assertEquals(Set.of(), common(message.headers().keySet(), "x-room", "x-forwarded-for"));
      }
    }
  }

  @Test
  void mappedParameterIsNeverTheClientsEvenWhenItsSourceIsEmpty() throws Exception {
    String mapped =
        """
        RequestParameters:
                integration.request.header.User: context.authorizer.principalId
                integration.request.querystring.user: context.authorizer.principalId
        """;
    try (RecordingEndpoint endpoint = new RecordingEndpoint();
        TestApi api =
            styles(
                endpoint,
                TestApi.template("styles.yaml").replaceFirst("RequestParameters:\n", mapped))) {
      URI url = URI.create(api.url() + "?user=forged&User=other");
      try (RawSocket client = RawSocket.connect(url, "user: forged\r\n")) {
        Received request = endpoint.next("/connect");
        assertFalse(request.headers().containsKey("user"));
        assertEquals("User=other", request.query());
        assertFalse(client.text("{\"action\":\"mock\"}").next().text().isEmpty());
      }
    }
  }

  @Test
  @Shows(AwsChecklist.MAPPED_HEADERS)
  void mappingOfARequestsHeaderIgnoresCase() throws Exception {
    String template =
        TestApi.template("styles.yaml")
            .replaceFirst(
                "RequestParameters:\n",
                """
                RequestParameters:
                        integration.request.header.room: route.request.header.X-ROOM
                """);
    try (RecordingEndpoint endpoint = new RecordingEndpoint();
        TestApi api = styles(endpoint, template);
        RawSocket client = RawSocket.connect(api.url(), "x-room: a\r\n")) {
      assertEquals("a", endpoint.next("/connect").headers().get("room"));
      assertFalse(client.text("{\"action\":\"mock\"}").next().text().isEmpty());
    }
  }

  @Test
  void stageVariablesAreInEveryEventOfAStageThatHasSome() throws Exception {
    try (RecordingEndpoint endpoint = new RecordingEndpoint();
        TestApi api = styles(endpoint);
        RawSocket client = RawSocket.connect(api.url())) {
      client.text("{\"action\":\"proxy\"}");
      JsonNode event = api.event("MessageFunction");
      assertEquals("blue", event.at("/stageVariables/colour").asText());
    }
  }

  private static TestApi styles(RecordingEndpoint endpoint) throws IOException {
    return styles(endpoint, TestApi.template("styles.yaml"));
  }

  private static TestApi styles(RecordingEndpoint endpoint, String template) throws IOException {
    return TestApi.start(
        options ->
            options
                .withTemplate(template)
                .withParameters(Map.of("Endpoint", endpoint.address().toString())));
  }

  /** The headers of an event, each of which {@code multiValueHeaders} has too. */
  private static JsonNode agreed(JsonNode event) {
    JsonNode headers = event.get("headers");
    JsonNode lists = event.get("multiValueHeaders");
    assertEquals(headers.size(), lists.size());
    headers
        .fieldNames()
        .forEachRemaining(
            name -> {
              JsonNode list = lists.get(name);
              assertEquals(headers.get(name), list.get(list.size() - 1), name);
            });
    return headers;
  }

  private static Set<String> common(JsonNode headers, String... names) {
    Set<String> all = new TreeSet<>();
    headers.fieldNames().forEachRemaining(all::add);
    return common(all, names);
  }

  /** Those of {@code names} that are there, in any case. */
  private static Set<String> common(Set<String> headers, String... names) {
    Set<String> found = new TreeSet<>();
    headers.forEach(name -> found.add(name.toLowerCase(Locale.ROOT)));
    found.retainAll(Set.of(names));
    return found;
  }
}
