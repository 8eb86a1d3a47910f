package dev.fanbench.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanbench.protocol.ConnectionId;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiAsyncClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.ApiGatewayManagementApiException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GetConnectionResponse;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GoneException;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PayloadTooLargeException;

/** {@code @connections}, as the AWS SDK and as plain HTTP see it. */
class ConnectionsApiTest {
  /** Begins today, because the SDK signs by the real time, and goes on for a second only. */
  private static SettableClock clock;

  private static TestApi api;
  private static ApiGatewayManagementApiAsyncClient sdk;

  private Client client;
  private String id;

  @BeforeAll
  static void start() throws IOException {
    clock = new SettableClock(Instant.now());
    api = TestApi.start(options -> options.withClock(clock));
    sdk = api.sdk();
  }

  @AfterAll
  static void stop() {
    sdk.close();
    api.close();
  }

  @BeforeEach
  void connect() throws InterruptedException {
    client = Client.connect(api.url());
    id = api.event("ConnectFunction").at("/requestContext/connectionId").asText();
  }

  @Test
  void postArrives() throws Exception {
    post(id, "h\u00e9 {\"x\":1}");
    assertEquals("h\u00e9 {\"x\":1}", client.next());
  }

  @Test
  void atSignMayBeEncoded() throws Exception {
    String encoded = api.emulator().connections().toString().replace("@", "%40");
    assertEquals(
        200,
        api.call("POST", URI.create(encoded + "/" + id.replace("=", "%3D")), "x").statusCode());
    assertEquals("x", client.next());
  }

  @Test
  @Shows({AwsChecklist.REFUSALS, AwsChecklist.REAL_SDK})
  void longestPostArrivesAndALongerOneIs413() throws Exception {
    post(id, "x".repeat(131_072));
    StringBuilder whole = new StringBuilder();
    while (whole.length() < 131_072) {
      whole.append(client.next());
    }
    assertInstance(PayloadTooLargeException.class, () -> post(id, "x".repeat(131_073)));
    post(id, "still here");
    assertEquals("still here", client.next());
  }

  @Test
  @Shows({AwsChecklist.REFUSALS, AwsChecklist.REAL_SDK})
  void connectionThatIsNotThereIsGone() throws Exception {
    String unknown = ConnectionId.next();
    assertInstance(GoneException.class, () -> post(unknown, "x"));
    HttpResponse<String> plain = api.call("POST", unknown, "x");
    assertEquals(410, plain.statusCode());
    assertEquals("", plain.body());
    assertEquals("GoneException", plain.headers().firstValue("x-amzn-ErrorType").orElseThrow());
    assertEquals(410, api.call("GET", unknown, "").statusCode());
    assertEquals(410, api.call("DELETE", unknown, "").statusCode());

    client.close(1000, "");
    disconnection();
    assertInstance(GoneException.class, () -> post(id, "x"));
  }

  @Test
  @Shows({AwsChecklist.REFUSALS, AwsChecklist.REAL_SDK})
  void malformedIdIs400() throws Exception {
    HttpResponse<String> plain = api.call("POST", "xyz", "x");
    assertEquals(400, plain.statusCode());
    assertEquals("{\"message\":\"Invalid connectionId: xyz\"}", plain.body());
    ApiGatewayManagementApiException refused =
        assertInstance(ApiGatewayManagementApiException.class, () -> post("xyz", "x"));
    assertEquals(400, refused.statusCode());
    assertEquals("BadRequestException", refused.awsErrorDetails().errorCode());
    assertEquals("Invalid connectionId: xyz", refused.awsErrorDetails().errorMessage());
  }

  @Test
  @Shows({AwsChecklist.GET, AwsChecklist.REAL_SDK})
  void getTellsWhoAndSinceWhen() throws Exception {
    GetConnectionResponse before = Client.await(sdk.getConnection(get -> get.connectionId(id)));
    assertEquals("127.0.0.1", before.identity().sourceIp());
    assertEquals("test-client", before.identity().userAgent());
    assertEquals(before.connectedAt(), before.lastActiveAt());
    clock.pass(Duration.ofSeconds(1));
    post(id, "x");
    GetConnectionResponse after = Client.await(sdk.getConnection(get -> get.connectionId(id)));
    assertEquals(before.connectedAt(), after.connectedAt());
    assertEquals(before.lastActiveAt().plusSeconds(1), after.lastActiveAt());
  }

  @Test
  @Shows({AwsChecklist.DELETE, AwsChecklist.REAL_SDK, AwsChecklist.DISCONNECT_AFTER_DELETE})
  void deleteClosesWith1000AndDisconnectIsTold() throws Exception {
    Client.await(sdk.deleteConnection(delete -> delete.connectionId(id)));
    assertTrue(client.closed().startsWith("1000"), client.closed());
    JsonNode event = disconnection();
    assertEquals(1000, event.get("disconnectStatusCode").asInt());
    assertEquals("Connection Closed Normally", event.get("disconnectReason").asText());
    assertInstance(GoneException.class, () -> post(id, "x"));
  }

  /** What was told of this test's connection; other tests' connections end at any time. */
  private JsonNode disconnection() throws InterruptedException {
    JsonNode context = api.event("DisconnectFunction").get("requestContext");
    while (!context.get("connectionId").asText().equals(id)) {
      context = api.event("DisconnectFunction").get("requestContext");
    }
    return context;
  }

  private static void post(String to, String text) {
    CompletableFuture<?> posted =
        sdk.postToConnection(post -> post.connectionId(to).data(SdkBytes.fromUtf8String(text)));
    Client.await(posted);
  }

  private static <T extends Throwable> T assertInstance(
      Class<T> type, org.junit.jupiter.api.function.Executable call) {
    Throwable cause = assertThrows(CompletionException.class, call).getCause();
    return type.cast(cause);
  }
}
