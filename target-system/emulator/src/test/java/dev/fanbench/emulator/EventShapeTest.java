package dev.fanbench.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanbench.protocol.contract.RawSocket;
import java.io.IOException;
import java.net.URI;
import java.util.Base64;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Events, field by field as AWS sends them. */
@Shows(AwsChecklist.EVENT_SHAPES)
class EventShapeTest {
  private static final Set<String> CONTEXT =
      Set.of(
          "routeKey",
          "eventType",
          "extendedRequestId",
          "requestTime",
          "messageDirection",
          "stage",
          "connectedAt",
          "requestTimeEpoch",
          "identity",
          "requestId",
          "domainName",
          "connectionId",
          "apiId");

  private TestApi api;

  @BeforeEach
  void start() throws IOException {
    api = TestApi.start();
  }

  @AfterEach
  void stop() {
    api.close();
  }

  @Test
  @Shows({AwsChecklist.ABSENT_FIELDS, AwsChecklist.REQUEST_CONTEXT})
  void connectHasHeadersAndNoBody() throws Exception {
    Client.connect(api.url());
    JsonNode event = api.event("ConnectFunction");
    assertEquals(
        Set.of("headers", "multiValueHeaders", "requestContext", "isBase64Encoded"), names(event));
    assertEquals("test-client", event.at("/headers/User-Agent").asText());
    assertEquals("test-client", event.at("/multiValueHeaders/User-Agent/0").asText());
    for (String name : names(event.get("headers"))) {
      assertFalse(Set.of("connection", "upgrade").contains(name.toLowerCase(Locale.ROOT)), name);
    }
    assertFalse(event.get("isBase64Encoded").asBoolean());
    context(event, "$connect", "CONNECT");
    assertEquals(CONTEXT, names(event.get("requestContext")));
  }

  @Test
  void queryIsThereWhenThereIsOne() throws Exception {
    Client.connect(URI.create(api.url() + "?room=a&room=b&name=%C3%A9"));
    JsonNode event = api.event("ConnectFunction");
    assertEquals("b", event.at("/queryStringParameters/room").asText());
    assertEquals("\u00e9", event.at("/queryStringParameters/name").asText());
    assertEquals("a", event.at("/multiValueQueryStringParameters/room/0").asText());
    assertEquals("b", event.at("/multiValueQueryStringParameters/room/1").asText());
  }

  @Test
  @Shows({AwsChecklist.ABSENT_FIELDS, AwsChecklist.REQUEST_CONTEXT})
  void messageHasABodyAndNoHeaders() throws Exception {
    Client client = Client.connect(api.url());
    JsonNode connect = api.event("ConnectFunction");
    String body = "{\"action\":\"oneWay\",\"text\":\"\u00e9 \\\"x\\\"\"}";
    client.send(body);
    client.send(body);
    JsonNode event = api.event("MessageFunction");
    assertEquals(Set.of("requestContext", "body", "isBase64Encoded"), names(event));
    assertEquals(body, event.get("body").asText());
    context(event, "oneWay", "MESSAGE");
    Set<String> expected = new TreeSet<>(CONTEXT);
    expected.add("messageId");
    assertEquals(expected, names(event.get("requestContext")));
    for (String same : Set.of("connectionId", "connectedAt", "apiId")) {
      assertEquals(
          connect.at("/requestContext/" + same), event.at("/requestContext/" + same), same);
    }
    JsonNode next = api.event("MessageFunction");
    for (String own : Set.of("requestId", "messageId")) {
      assertNotEquals(next.at("/requestContext/" + own), event.at("/requestContext/" + own), own);
    }
  }

  @Test
  void disconnectSaysWhy() throws Exception {
    Client client = Client.connect(api.url());
    client.close(4321, "bye");
    JsonNode event = api.event("DisconnectFunction");
    context(event, "$disconnect", "DISCONNECT");
    assertEquals(4321, event.at("/requestContext/disconnectStatusCode").asInt());
    assertEquals("bye", event.at("/requestContext/disconnectReason").asText());
  }

  @Test
  @Shows(AwsChecklist.DISCONNECT_CODES)
  void closeWithoutACodeHasTheSentenceOfAws() throws Exception {
    try (RawSocket client = RawSocket.connect(api.url())) {
      client.frame(RawSocket.CLOSE, true, new byte[0]);
      JsonNode context = api.event("DisconnectFunction").get("requestContext");
      assertEquals(1005, context.get("disconnectStatusCode").asInt());
      assertEquals(
          "Client-side close frame status not set", context.get("disconnectReason").asText());
    }
  }

  /** A browser that closes a tab sends 1001 without a reason. */
  @Test
  @Shows(AwsChecklist.DISCONNECT_CODES)
  void closedTabHasAnEmptyReason() throws Exception {
    try (RawSocket client = RawSocket.connect(api.url())) {
      client.frame(RawSocket.CLOSE, true, new byte[] {1001 >> 8, (byte) 1001});
      JsonNode context = api.event("DisconnectFunction").get("requestContext");
      assertEquals(1001, context.get("disconnectStatusCode").asInt());
      assertEquals("", context.get("disconnectReason").asText());
    }
  }

  @Test
  @Shows(AwsChecklist.CONNECTION_IDS)
  void connectionIdIsElevenBytesInBase64() throws Exception {
    Set<String> ids = new TreeSet<>();
    for (int client = 0; client < 3; client++) {
      Client.connect(api.url());
      String id = api.event("ConnectFunction").at("/requestContext/connectionId").asText();
      assertTrue(id.matches("[\\w-]{15}="), id);
      assertEquals(11, Base64.getUrlDecoder().decode(id).length, id);
      ids.add(id);
    }
    assertEquals(3, ids.size());
  }

  @Test
  @Shows(AwsChecklist.LOST_CODE)
  void clientThatIsLostIsToldOfToo() throws Exception {
    Client client = Client.connect(api.url());
    client.socket().abort();
    JsonNode event = api.event("DisconnectFunction");
    assertEquals(1006, event.at("/requestContext/disconnectStatusCode").asInt());
  }

  private void context(JsonNode event, String routeKey, String eventType) {
    JsonNode context = event.get("requestContext");
    assertEquals(routeKey, context.get("routeKey").asText());
    assertEquals(eventType, context.get("eventType").asText());
    assertEquals("IN", context.get("messageDirection").asText());
    assertEquals("dev", context.get("stage").asText());
    assertEquals(context.get("requestId"), context.get("extendedRequestId"));
    assertTrue(context.get("connectionId").asText().matches("[\\w-]{15}="));
    assertEquals("127.0.0.1", context.at("/identity/sourceIp").asText());
    assertEquals("test-client", context.at("/identity/userAgent").asText());
    assertEquals(api.url().getAuthority(), context.get("domainName").asText());
    assertTrue(
        context
            .get("requestTime")
            .asText()
            .matches("\\d\\d/[A-Z][a-z]{2}/\\d{4}:\\d\\d:\\d\\d:\\d\\d \\+0000"));
    assertTrue(context.get("requestTimeEpoch").asLong() >= context.get("connectedAt").asLong());
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
