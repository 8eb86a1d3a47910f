package dev.fanbench.transport;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.ApiCallAttemptTimeoutException;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkServiceException;
import software.amazon.awssdk.http.SdkHttpConfigurationOption;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.BackoffStrategy;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiAsyncClient;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.GetConnectionResponse;
import software.amazon.awssdk.services.apigatewaymanagementapi.model.PostToConnectionResponse;
import software.amazon.awssdk.utils.AttributeMap;

/** Posts through the SDK's own client, as functions send them, against a server of the test. */
@Timeout(60)
abstract class TransportContract {
  private static final int CONNECTIONS = 8;

  /**
   * As in the functions, a retry does not begin at once. The SDK tells its handlers of a failure
   * one after the other, and a retry that begins meanwhile would be told of it too.
   */
  private static final BackoffStrategy BACKOFF =
      BackoffStrategy.fixedDelayWithoutJitter(Duration.ofMillis(20));

  private static final int ATTEMPTS = 4;
  private static final Duration NEVER = Duration.ofSeconds(30);

  @TempDir Path directory;
  private final List<AutoCloseable> opened = new ArrayList<>();

  /** Connections that it opens at most for requests one after another. */
  int connectionsInARow() {
    return 1;
  }

  private void assertKept(ScriptedServer server) {
    int opened = server.accepted.get();
    assertTrue(opened >= 1 && opened <= connectionsInARow(), opened + " connections were opened");
  }

  /** The transport under test. */
  abstract SdkAsyncHttpClient open(int connections, AttributeMap defaults);

  @AfterEach
  void close() throws Exception {
    for (int i = opened.size() - 1; i >= 0; i--) {
      opened.get(i).close();
    }
  }

  private <T extends AutoCloseable> T opened(T resource) {
    opened.add(resource);
    return resource;
  }

  private ScriptedServer server(ScriptedServer.Script script) throws IOException {
    return opened(new ScriptedServer(script));
  }

  private ApiGatewayManagementApiAsyncClient client(URI endpoint) {
    return client(endpoint, NEVER, AttributeMap.empty());
  }

  private ApiGatewayManagementApiAsyncClient client(
      URI endpoint, Duration attemptTimeout, AttributeMap defaults) {
    return client(endpoint, attemptTimeout, opened(open(CONNECTIONS, defaults)));
  }

  private ApiGatewayManagementApiAsyncClient client(
      URI endpoint, Duration attemptTimeout, SdkAsyncHttpClient http) {
    return opened(
        ApiGatewayManagementApiAsyncClient.builder()
            .httpClient(http)
            .endpointOverride(URI.create(endpoint + "/dev"))
            .region(Region.US_EAST_1)
            .credentialsProvider(
                StaticCredentialsProvider.create(AwsBasicCredentials.create("key", "local")))
            .overrideConfiguration(
                configuration ->
                    configuration
                        .apiCallAttemptTimeout(attemptTimeout)
                        .retryStrategy(
                            AwsRetryStrategy.standardRetryStrategy().toBuilder()
                                .maxAttempts(ATTEMPTS)
                                .backoffStrategy(BACKOFF)
                                .throttlingBackoffStrategy(BACKOFF)
                                .build()))
            .build());
  }

  private static CompletableFuture<PostToConnectionResponse> post(
      ApiGatewayManagementApiAsyncClient client, String id, String text) {
    return client.postToConnection(
        post -> post.connectionId(id).data(SdkBytes.fromUtf8String(text)));
  }

  private static Throwable failure(CompletableFuture<?> future) {
    return assertThrows(ExecutionException.class, () -> future.get(50, TimeUnit.SECONDS))
        .getCause();
  }

  @Test
  void aPostIsSignedAndArrivesWhole() throws Exception {
    ScriptedServer server = server(peer -> peer.answerAll(200, "", ""));
    post(client(server.uri()), "abc=", "héllo").get();
    ScriptedServer.Received request = server.received.get(0);
    assertEquals("POST /dev/@connections/abc%3D HTTP/1.1", request.line());
    assertEquals("héllo", request.body());
    assertEquals("6", request.header("Content-Length"));
    assertEquals(server.uri().getAuthority(), request.header("Host"));
    assertTrue(request.header("Authorization").startsWith("AWS4-HMAC-SHA256 Credential=key/"));
  }

  @Test
  void oneConnectionCarriesPostsOneAfterAnother() throws Exception {
    ScriptedServer server = server(peer -> peer.answerAll(200, "", ""));
    ApiGatewayManagementApiAsyncClient client = client(server.uri());
    for (int i = 0; i < 20; i++) {
      post(client, "a", "text " + i).get();
    }
    assertEquals(20, server.received.size());
    assertKept(server);
  }

  @Test
  void manyPostsShareTheConnectionsThereMayBe() throws Exception {
    ScriptedServer server = server(peer -> peer.answerAll(200, "", ""));
    ApiGatewayManagementApiAsyncClient client = client(server.uri());
    List<CompletableFuture<PostToConnectionResponse>> posts = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      posts.add(post(client, "a", "text " + i));
    }
    CompletableFuture.allOf(posts.toArray(CompletableFuture[]::new)).get(50, TimeUnit.SECONDS);
    assertEquals(
        1_000,
        server.received.stream()
            .map(ScriptedServer.Received::body)
            .collect(Collectors.toSet())
            .size());
    assertTrue(server.mostOpen.get() <= CONNECTIONS, () -> server.mostOpen + " connections");
  }

  @ParameterizedTest
  @CsvSource({
    "400,BadRequestException",
    "403,ForbiddenException",
    "410,GoneException",
    "413,PayloadTooLargeException"
  })
  void aRefusalIsNotRetried(int status, String type) throws Exception {
    ScriptedServer server =
        server(
            peer ->
                peer.answerAll(
                    status, "x-amzn-ErrorType: " + type + "\r\n", "{\"message\":\"no\"}"));
    SdkServiceException refused =
        assertInstanceOf(
            SdkServiceException.class, failure(post(client(server.uri()), "a", "text")));
    assertEquals(status, refused.statusCode());
    assertTrue(refused.getClass().getSimpleName().matches(type + "|ApiGatewayManagement.*"));
    assertEquals(1, server.received.size());
  }

  @Test
  void aThrottledPostIsRetriedUntilItIsTaken() throws Exception {
    AtomicInteger requests = new AtomicInteger();
    ScriptedServer server =
        server(
            peer -> {
              while (peer.read() != null) {
                boolean taken = requests.incrementAndGet() == ATTEMPTS;
                peer.answer(taken ? 200 : 429, "x-amzn-ErrorType: LimitExceededException\r\n", "");
              }
            });
    post(client(server.uri()), "a", "text").get();
    assertEquals(ATTEMPTS, requests.get());
  }

  @Test
  void aThrottledPostEndsWithItsAttempts() throws Exception {
    ScriptedServer server =
        server(peer -> peer.answerAll(429, "x-amzn-ErrorType: LimitExceededException\r\n", ""));
    SdkServiceException refused =
        assertInstanceOf(
            SdkServiceException.class, failure(post(client(server.uri()), "a", "text")));
    assertEquals(429, refused.statusCode());
    assertEquals(ATTEMPTS, server.received.size());
  }

  @ParameterizedTest
  @ValueSource(strings = {"end", "reset", "within the head", "within the body"})
  void aConnectionLostBeforeTheAnswerIsRetried(String how) throws Exception {
    AtomicInteger requests = new AtomicInteger();
    ScriptedServer server =
        server(
            peer -> {
              while (peer.read() != null) {
                if (requests.incrementAndGet() > 1) {
                  peer.answer(200, "", "");
                } else {
                  switch (how) {
                    case "within the head" -> peer.write("HTTP/1.1 200 OK\r\nContent-Le");
                    case "within the body" ->
                        peer.write("HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nabc");
                    case "reset" -> peer.reset();
                    default -> {}
                  }
                  return;
                }
              }
            });
    post(client(server.uri()), "a", "text").get();
    assertEquals(2, requests.get());
  }

  @Test
  void aKeptConnectionThatTheServerClosedIsReplaced() throws Exception {
    CountDownLatch closed = new CountDownLatch(1);
    ScriptedServer server =
        server(
            peer -> {
              peer.read();
              peer.answer(200, "", "");
              closed.countDown();
            });
    ApiGatewayManagementApiAsyncClient client = client(server.uri());
    for (int i = 0; i < 5; i++) {
      post(client, "a", "text").get();
      closed.await();
    }
    assertEquals(5, server.accepted.get());
  }

  @Test
  void aConnectionThatIsToBeClosedIsNotUsedAgain() throws Exception {
    ScriptedServer server = server(peer -> peer.answerAll(200, "Connection: close\r\n", ""));
    ApiGatewayManagementApiAsyncClient client = client(server.uri());
    for (int i = 0; i < 3; i++) {
      post(client, "a", "text").get();
    }
    assertEquals(3, server.accepted.get());
  }

  @Test
  void aServerThatIsNotThereFailsThePost() throws Exception {
    URI nothing;
    try (ScriptedServer server = new ScriptedServer(peer -> {})) {
      nothing = server.uri();
    }
    assertInstanceOf(SdkClientException.class, failure(post(client(nothing), "a", "text")));
  }

  @Test
  void anAttemptThatTakesTooLongIsAbandonedAndItsAnswerIsNotMistaken() throws Exception {
    ScriptedServer server =
        server(
            peer -> {
              ScriptedServer.Received request = peer.read();
              while (request != null) {
                if (!request.body().equals("slow")) {
                  peer.answer(200, "", "");
                }
                request = peer.read();
              }
            });
    ApiGatewayManagementApiAsyncClient client =
        client(server.uri(), Duration.ofMillis(200), AttributeMap.empty());
    assertInstanceOf(ApiCallAttemptTimeoutException.class, failure(post(client, "a", "slow")));
    post(client, "a", "quick").get();
  }

  @Test
  void aCancelledPostLeavesTheOthersAlone() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    ScriptedServer server =
        server(
            peer -> {
              ScriptedServer.Received request = peer.read();
              while (request != null) {
                if (request.body().equals("cancelled")) {
                  arrived.countDown();
                } else {
                  peer.answer(200, "", "");
                }
                request = peer.read();
              }
            });
    ApiGatewayManagementApiAsyncClient client = client(server.uri());
    for (int i = 0; i < CONNECTIONS / 2; i++) {
      CompletableFuture<?> post = post(client, "a", "cancelled");
      arrived.await();
      post.cancel(true);
      post(client, "a", "other").get(50, TimeUnit.SECONDS);
    }
  }

  @Test
  void anAnswerInChunksIsReadAndOneInSingleBytesToo() throws Exception {
    String json = "{\"connectedAt\":\"2026-01-01T00:00:00Z\"}";
    ScriptedServer server =
        server(
            peer -> {
              while (peer.read() != null) {
                String answer =
                    "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n%s\r\n%x\r\n%s\r\n0\r\n\r\n"
                        .formatted(json.substring(0, 5), json.length() - 5, json.substring(5));
                for (int i = 0; i < answer.length(); i++) {
                  peer.write(answer.substring(i, i + 1));
                }
              }
            });
    ApiGatewayManagementApiAsyncClient client = client(server.uri());
    for (int i = 0; i < 3; i++) {
      GetConnectionResponse response = client.getConnection(get -> get.connectionId("a")).get();
      assertEquals("2026-01-01T00:00:00Z", response.connectedAt().toString());
    }
    assertKept(server);
  }

  @Test
  void anAnswerWithoutABodyEndsWithItsHead() throws Exception {
    ScriptedServer server =
        server(
            peer -> {
              while (peer.read() != null) {
                peer.write("HTTP/1.1 204 No Content\r\nx-amzn-RequestId: a\r\n\r\n");
              }
            });
    ApiGatewayManagementApiAsyncClient client = client(server.uri());
    for (int i = 0; i < 3; i++) {
      client.deleteConnection(delete -> delete.connectionId("a")).get();
    }
    assertKept(server);
  }

  @Test
  void aLargePostIsSentWhole() throws Exception {
    ScriptedServer server = server(peer -> peer.answerAll(200, "", ""));
    String text = "0123456789abcdef".repeat(64 * 1_024);
    post(client(server.uri()), "a", text).get();
    assertEquals(text, server.received.get(0).body());
  }

  @Test
  void postsGoOverTls() throws Exception {
    TestCertificate certificate = TestCertificate.create(directory, "127.0.0.1");
    ScriptedServer server =
        opened(
            new ScriptedServer(certificate.listen(), "https", peer -> peer.answerAll(200, "", "")));
    AttributeMap trusting =
        AttributeMap.builder().put(SdkHttpConfigurationOption.TRUST_ALL_CERTIFICATES, true).build();
    ApiGatewayManagementApiAsyncClient client = client(server.uri(), NEVER, trusting);
    for (int i = 0; i < 20; i++) {
      post(client, "a", "text " + i).get();
    }
    assertEquals(20, server.received.size());
    assertKept(server);
  }

  @Test
  void aCertificateThatNothingSignedIsRefused() throws Exception {
    TestCertificate certificate = TestCertificate.create(directory, "127.0.0.1");
    ScriptedServer server =
        opened(
            new ScriptedServer(certificate.listen(), "https", peer -> peer.answerAll(200, "", "")));
    AttributeMap hasty =
        AttributeMap.builder()
            .put(SdkHttpConfigurationOption.CONNECTION_ACQUIRE_TIMEOUT, Duration.ofSeconds(1))
            .build();
    ApiGatewayManagementApiAsyncClient client = client(server.uri(), NEVER, hasty);
    assertInstanceOf(SdkClientException.class, failure(post(client, "a", "text")));
    assertEquals(0, server.received.size());
  }

  @Test
  void aClosedTransportFailsPosts() throws Exception {
    ScriptedServer server = server(peer -> peer.answerAll(200, "", ""));
    SdkAsyncHttpClient http = open(CONNECTIONS, AttributeMap.empty());
    ApiGatewayManagementApiAsyncClient client = client(server.uri(), NEVER, http);
    post(client, "a", "text").get();
    http.close();
    failure(post(client, "a", "text"));
  }
}
