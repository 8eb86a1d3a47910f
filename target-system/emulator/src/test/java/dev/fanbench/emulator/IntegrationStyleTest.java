package dev.fanbench.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fanbench.emulator.RecordingEndpoint.Received;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What each integration style sends and brings back, over {@code styles.yaml}. */
class IntegrationStyleTest {
  /** What {@code $context} has on a message, but for what an authorizer says. */
  private static final List<String> CONTEXT =
      List.of(
          "connectionId",
          "connectedAt",
          "domainName",
          "eventType",
          "messageId",
          "routeKey",
          "requestId",
          "extendedRequestId",
          "apiId",
          "stage",
          "requestTime",
          "requestTimeEpoch",
          "identity.sourceIp",
          "identity.userAgent");

  private RecordingEndpoint endpoint;
  private TestApi api;
  private Client client;
  private String id;

  @BeforeEach
  void start() throws IOException, InterruptedException {
    endpoint = new RecordingEndpoint();
    api =
        TestApi.start(
            options ->
                options
                    .withTemplate(TestApi.template("styles.yaml"))
                    .withParameters(Map.of("Endpoint", endpoint.address().toString())));
    // A function behind a proxy may answer nothing but what API Gateway knows.
    api.on(
        "MessageFunction",
        event ->
            event.has("requestContext")
                ? "{\"statusCode\":200,\"body\":\"b\"}"
                : "{\"frame\":\"it's\"}");
    client = Client.connect(api.url());
    id = endpoint.next("/connect").headers().get("connectionid");
  }

  @AfterEach
  void stop() {
    api.close();
    endpoint.close();
  }

  @Test
  void guidesTemplateDropsTheMessage() throws Exception {
    client.send("{\"action\":\"guide\",\"text\":\"lost\"}");
    JsonNode event = api.event("MessageFunction");
    assertEquals(Set.of("connection-id", "event-type"), names(event));
    assertEquals(id, event.get("connection-id").asText());
    assertEquals("MESSAGE", event.get("event-type").asText());
    assertFalse(event.toString().contains("lost"));
    assertTrue(client.next().contains("\"frame\""), "without a response template, all comes back");
  }

  @Test
  void repairedTemplateKeepsTheMessageByteForByte() throws Exception {
    String message = "{\"action\":\"repaired\",\"text\":\"it's \\\"\u00e9\\\" \\\\ </b>\"}";
    client.send(message);
    JsonNode event = api.event("MessageFunction");
    assertEquals(message, event.get("body").asText());
    assertEquals("blue", event.get("colour").asText());
    assertEquals("it's", client.next());
  }

  @Test
  void templatesSeeTheWholeContext() throws Exception {
    String guides =
        "{\"connection-id\": \"$context.connectionId\", \"event-type\": \"$context.eventType\"}";
    String whole =
        CONTEXT.stream()
            .map(name -> "\"%1$s\":\"$context.%1$s\"".formatted(name))
            .collect(Collectors.joining(",", "{", "}"));
    try (TestApi seeing = starting(TestApi.template("styles.yaml").replace(guides, whole))) {
      Client sender = Client.connect(seeing.url());
      sender.send("{\"action\":\"guide\"}");
      JsonNode seen = seeing.event("MessageFunction");
      sender.send("{\"action\":\"proxy\"}");
      JsonNode context = seeing.event("MessageFunction").get("requestContext");
      for (String name : CONTEXT) {
        assertFalse(seen.get(name).asText().isEmpty(), name);
        assertTrue(context.at("/" + name.replace('.', '/')).isValueNode(), name);
      }
      for (String name : List.of("connectionId", "connectedAt", "domainName", "apiId", "stage")) {
        assertEquals(context.get(name).asText(), seen.get(name).asText(), name);
      }
      assertEquals("test-client", seen.get("identity.userAgent").asText());
    }
  }

  @Test
  void httpProxyForwardsTheMessageAndMappedHeadersOnly() throws Exception {
    String message = "{\"action\":\"httpProxy\",\"text\":\"hi\"}";
    client.send(message);
    Received request = endpoint.next("/proxy");
    assertEquals("PUT", request.method());
    assertEquals(message, request.body());
    assertEquals("route=httpProxy", request.query());
    assertEquals(id, request.headers().get("connectionid"));
    assertEquals("MESSAGE", request.headers().get("eventtype"));
    assertEquals("hi", request.headers().get("text"));
    assertTrue(request.headers().get("requesttimeepoch").matches("\\d{13}"));
    assertEquals(null, request.headers().get("requestid"), "not mapped, so not sent");
    assertEquals("heard " + message, client.next());
  }

  @Test
  void headerMappedFromATextThatIsNoJsonIsAnErrorFrameAndTheSocketStays() throws Exception {
    String mapping = "integration.request.header.text: route.request.body.text";
    String template =
        TestApi.template("styles.yaml")
            .replace("RouteKey: $default", "RouteKey: other")
            .replace("RouteKey: httpProxy", "RouteKey: $default");
    assertTrue(template.contains(mapping));
    try (TestApi other = starting(template)) {
      Client sender = Client.connect(other.url());
      sender.send("no JSON");
      assertTrue(sender.next().contains("Internal server error"));
      sender.send("{\"action\":\"mock\",\"text\":\"hello\"}");
      assertEquals("you said hello", sender.next());
    }
  }

  @Test
  void httpSendsWhatTheSelectedTemplateMakes() throws Exception {
    client.send("{\"action\":\"http\",\"kind\":\"loud\",\"text\":\"hey\"}");
    assertEquals("hey!", endpoint.next("/http").body());
    assertEquals("<heard hey!>", client.next());
    String other = "{\"action\":\"http\",\"kind\":\"calm\"}";
    client.send(other);
    assertEquals(other, endpoint.next("/http").body(), "no template of that key: as it is");
  }

  @Test
  void contentIsConvertedBothWays() throws Exception {
    client.send("AP8K");
    assertEquals("\u0000\u00ff\n", endpoint.next("/binary").body());
    assertEquals("Internal server error", error(client.next()), "bytes that are no text");
    client.send("no base 64!");
    assertEquals("Internal server error", error(client.next()));
    client.send("{\"action\":\"base64\",\"payload\":\"aGk=\"}");
    assertEquals("hi", endpoint.next("/bytes").body());
    assertEquals("AP8K", client.next());
  }

  @Test
  void mockCallsNothingAndAnswers() throws Exception {
    client.send("{\"action\":\"mock\",\"text\":\"hello\"}");
    assertEquals("you said hello", client.next());
    assertEquals(0, api.emulator().counters().get("aws.invocations"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"broken", "failing", "emptyMock", "unreachable", "error", "hurried"})
  void whatFailsIsAnErrorFrameAndHurtsNothingElse(String route) throws Exception {
    client.send("{\"action\":\"%s\"}".formatted(route));
    assertEquals("Internal server error", error(client.next()));
    client.send("{\"action\":\"proxy\"}");
    assertEquals("b", client.next());
    assertEquals(1, api.emulator().counters().get("apigateway.ExecutionError"));
  }

  @ParameterizedTest
  @ValueSource(ints = {403, 404})
  void endpointThatRefusesAClientGivesTheHandshakeItsStatus(int status) throws Exception {
    try (TestApi refusing = connectingTo("/" + status)) {
      assertEquals(status, Client.refusal(refusing.url()));
    }
  }

  @Test
  void endpointThatFailsOnConnectIsABadGateway() throws Exception {
    try (TestApi failing = connectingTo("/500")) {
      assertEquals(502, Client.refusal(failing.url()));
    }
  }

  private TestApi connectingTo(String path) throws IOException {
    return starting(
        TestApi.template("styles.yaml").replace("${Endpoint}/connect", "${Endpoint}" + path));
  }

  private TestApi starting(String template) throws IOException {
    return TestApi.start(
        options ->
            options
                .withTemplate(template)
                .withParameters(Map.of("Endpoint", endpoint.address().toString())));
  }

  private String error(String frame) throws IOException {
    JsonNode error = new ObjectMapper().readTree(frame);
    assertEquals(id, error.get("connectionId").asText());
    return error.get("message").asText();
  }

  private static Set<String> names(JsonNode object) {
    Set<String> names = new TreeSet<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }
}
