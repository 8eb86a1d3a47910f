package dev.fanbench.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fanbench.emulator.gateway.CallerCheck;
import java.net.URI;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.util.Map;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiAsyncClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.ApiGatewayManagementApiException;

/** Who may call {@code @connections}, over real sockets. */
class SignedCallsTest {

  @Test
  void unsignedCallIsRefusedAndReachesNobody() throws Exception {
    try (TestApi api = TestApi.start()) {
      Client client = Client.connect(api.url());
      String id = connectedId(api);
      HttpResponse<String> refused = TestApi.send(api.connection(id), "POST", "no", Map.of());
      assertEquals(403, refused.statusCode());
      assertEquals("{\"message\":\"Missing Authentication Token\"}", refused.body());
      assertEquals(
          "MissingAuthenticationTokenException",
          refused.headers().firstValue("x-amzn-ErrorType").orElseThrow());
      assertEquals(200, api.call("POST", id, "yes").statusCode());
      assertEquals("yes", client.next());
      assertEquals(1, api.emulator().counters().get("posts.unsigned"));
    }
  }

  @Test
  void sdkWithAnotherSecretIsRefusedAtItsFirstAttempt() throws Exception {
    try (TestApi api = TestApi.start();
        ApiGatewayManagementApiAsyncClient sdk =
            api.sdk("remote", AwsRetryStrategy.standardRetryStrategy())) {
      Client.connect(api.url());
      String id = connectedId(api);
      CompletionException thrown =
          assertThrows(CompletionException.class, () -> post(sdk, id, "no"));
      ApiGatewayManagementApiException refused =
          assertInstanceOf(ApiGatewayManagementApiException.class, thrown.getCause());
      assertEquals(403, refused.statusCode());
      assertEquals("InvalidSignatureException", refused.awsErrorDetails().errorCode());
      assertEquals(1, api.emulator().counters().get("posts.unsigned"));
    }
  }

  @Test
  void secretMayBeAnother() throws Exception {
    try (TestApi api =
            TestApi.start(options -> options.withSignatures(new CallerCheck(true, "mine")));
        ApiGatewayManagementApiAsyncClient sdk =
            api.sdk("mine", AwsRetryStrategy.standardRetryStrategy())) {
      Client client = Client.connect(api.url());
      String id = connectedId(api);
      post(sdk, id, "hello");
      assertEquals("hello", client.next());
      assertEquals(403, api.call("POST", id, "signed with local").statusCode());
    }
  }

  @Test
  void plainClientPostsWhenSignaturesAreOff() throws Exception {
    try (TestApi api = TestApi.start(options -> options.withSignatures(CallerCheck.off()))) {
      Client client = Client.connect(api.url());
      URI connection = api.connection(connectedId(api));
      assertEquals(200, TestApi.send(connection, "POST", "plain", Map.of()).statusCode());
      assertEquals("plain", client.next());
    }
  }

  @Test
  void ageOfASignatureIsToldByTheEmulatorsClock() throws Exception {
    SettableClock clock = new SettableClock();
    try (TestApi api = TestApi.start(options -> options.withClock(clock))) {
      Client.connect(api.url());
      URI connection = api.connection(connectedId(api));
      SdkSigner today = SdkSigner.standard(Clock.systemUTC());
      assertEquals(
          403,
          TestApi.send(connection, "GET", "", today.headers("GET", connection, "")).statusCode());
      assertEquals(200, api.call("GET", connection, "").statusCode());
    }
  }

  private static void post(ApiGatewayManagementApiAsyncClient sdk, String to, String text) {
    Client.await(
        sdk.postToConnection(post -> post.connectionId(to).data(SdkBytes.fromUtf8String(text))));
  }

  private static String connectedId(TestApi api) throws InterruptedException {
    return api.event("ConnectFunction").at("/requestContext/connectionId").asText();
  }
}
