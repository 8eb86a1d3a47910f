package dev.fanbench.emulator.runtime;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.amazonaws.services.lambda.runtime.Context;
import dev.fanbench.emulator.lambda.FunctionException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The Runtime API as a process sees it. */
class RuntimeApiTest {
  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final long BEGINS_AT_MILLIS = 1_700_000_000_000L;
  private static final String ID = "8476a536-e9f4-11e8-9739-2dfe598c3fcd";
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final RuntimeApi api = new RuntimeApi(1_000);
  private final RuntimeSession session = new RuntimeSession();
  private RuntimeApi.Port port;

  @BeforeEach
  void open() throws IOException {
    port = api.open(session);
  }

  @AfterEach
  void close() {
    api.close();
  }

  @Test
  void requestIsHandedOutWithItsHeadersAndAnswered() throws Exception {
    CompletableFuture<HttpResponse<String>> next = send("GET", "invocation/next", "");
    session.awaitReady(PATIENCE);
    CompletableFuture<byte[]> answer = run();
    HttpResponse<String> request = next.get(10, TimeUnit.SECONDS);
    assertEquals("{\"a\":1}", request.body());
    assertEquals(ID, header(request, "Lambda-Runtime-Aws-Request-Id"));
    assertEquals("1700000010000", header(request, "Lambda-Runtime-Deadline-Ms"));
    assertEquals("arn:f", header(request, "Lambda-Runtime-Invoked-Function-Arn"));
    assertTrue(header(request, "Lambda-Runtime-Trace-Id").startsWith("Root=1-6553f100-"));
    assertEquals(202, status("POST", "invocation/" + ID + "/response", "done"));
    assertEquals("done", new String(answer.get(10, TimeUnit.SECONDS), UTF_8));
  }

  @Test
  void requestThatCameFirstIsHandedOutWithTheQuestion() throws Exception {
    CompletableFuture<byte[]> answer = run();
    assertEquals("{\"a\":1}", send("GET", "invocation/next", "").get().body());
    assertEquals(202, status("POST", "invocation/" + ID + "/response", "done"));
    assertEquals("done", new String(answer.get(10, TimeUnit.SECONDS), UTF_8));
  }

  @Test
  void callsOutOfTurnAreRefused() throws Exception {
    assertEquals(400, status("POST", "invocation/" + ID + "/response", "too early"));
    CompletableFuture<byte[]> answer = run();
    assertEquals(200, status("GET", "invocation/next", ""));
    assertEquals(403, status("GET", "invocation/next", ""));
    assertEquals(400, status("POST", "invocation/other/response", "another's"));
    assertEquals(202, status("POST", "invocation/" + ID + "/response", "done"));
    assertEquals(400, status("POST", "invocation/" + ID + "/response", "twice"));
    assertEquals("done", new String(answer.get(10, TimeUnit.SECONDS), UTF_8));
  }

  @ParameterizedTest
  @CsvSource({
    "GET,invocation",
    "PUT,invocation/next",
    "GET,init/error",
    "POST,invocation/../response",
    "GET,../../2018-06-01/runtime/invocation/next"
  })
  void otherPathsAndMethodsAreNotFound(String method, String path) throws Exception {
    assertEquals(404, status(method, path, ""));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"errorType\":\"Oops\",\"errorMessage\":\"no luck\"}|Oops: no luck",
        "{\"errorMessage\":\"no luck\"}|Header: no luck",
        "no JSON|Header: no JSON"
      })
  void errorOfAFunctionHasItsTypeAndMessage(String report, String sentence) throws Exception {
    CompletableFuture<byte[]> answer = run();
    assertEquals(200, status("GET", "invocation/next", ""));
    assertEquals(202, status("POST", "invocation/" + ID + "/error", report));
    FunctionException error = failure(answer);
    assertEquals(sentence, error.sentence());
    assertEquals(report, new String(error.payload(), UTF_8));
  }

  @Test
  void answerOverTheQuotaIsRefusedAndFailsTheRequest() throws Exception {
    CompletableFuture<byte[]> answer = run();
    assertEquals(200, status("GET", "invocation/next", ""));
    assertEquals(413, status("POST", "invocation/" + ID + "/response", "x".repeat(1_001)));
    assertEquals(
        "Function.ResponseSizeTooLarge: Response payload size exceeded maximum allowed payload size"
            + " (1000 bytes).",
        failure(answer).sentence());
    assertEquals(400, status("POST", "invocation/" + ID + "/response", "shorter"));
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void answerOverTwiceTheQuotaFailsTheRequestAndEndsTheConnection(boolean ofKnownLength)
      throws Exception {
    CompletableFuture<byte[]> answer = run();
    assertEquals(200, status("GET", "invocation/next", ""));
    byte[] body = "x".repeat(2_001).getBytes(UTF_8);
    HttpResponse<String> refusal =
        send(
                "POST",
                "invocation/" + ID + "/response",
                ofKnownLength
                    ? BodyPublishers.ofByteArray(body)
                    : BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body)))
            .get(10, TimeUnit.SECONDS);
    assertEquals(413, refusal.statusCode());
    assertEquals("close", header(refusal, "Connection"));
    assertTrue(failure(answer).sentence().startsWith("Function.ResponseSizeTooLarge: "));
    CompletableFuture<HttpResponse<String>> next = send("GET", "invocation/next", "");
    run();
    assertEquals(200, next.get(10, TimeUnit.SECONDS).statusCode());
  }

  @Test
  void bodyThatIsTooLongIsNotAskedFor() throws Exception {
    CompletableFuture<byte[]> answer = run();
    assertEquals(200, status("GET", "invocation/next", ""));
    String head =
        """
        POST /2018-06-01/runtime/invocation/ID/response HTTP/1.1
        Host: localhost
        Content-Length: 2001
        Expect: 100-continue

        """
            .replace("ID", ID)
            .replace("\n", "\r\n");
    URI address = URI.create("http://" + port.address());
    try (Socket socket = new Socket(address.getHost(), address.getPort())) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(head.getBytes(UTF_8));
      String refusal = new String(socket.getInputStream().readAllBytes(), UTF_8);
      assertTrue(refusal.startsWith("HTTP/1.1 413 "), refusal);
    }
    assertTrue(failure(answer).sentence().startsWith("Function.ResponseSizeTooLarge: "));
  }

  @Test
  void reportOverTwiceTheQuotaEndsTheInitialisation() throws Exception {
    assertEquals(413, status("POST", "init/error", "x".repeat(2_001)));
    assertTrue(session.hasEnded());
  }

  @Test
  void initialisationThatFailsEndsTheSession() throws Exception {
    String report = "{\"errorType\":\"Oops\",\"errorMessage\":\"no luck\"}";
    assertEquals(202, status("POST", "init/error", report));
    assertTrue(session.hasEnded());
    FunctionException error =
        assertThrows(FunctionException.class, () -> session.awaitReady(PATIENCE));
    assertEquals("Oops: no luck", error.sentence());
  }

  @Test
  void questionOfAClosedConnectionIsNotAnswered() throws Exception {
    RuntimeSession other = new RuntimeSession();
    CompletableFuture<RuntimeRequest> gone = new CompletableFuture<>();
    Consumer<RuntimeRequest> asking = gone::complete;
    other.next(asking);
    other.withdraw(asking);
    assertThrows(TimeoutException.class, () -> other.run(request(Duration.ofMillis(1))));
    assertFalse(gone.isDone());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|Runtime exited without providing a reason",
        "3|Runtime exited with error: exit status 3",
        "137|Runtime exited with error: signal: killed",
        "139|Runtime exited with error: signal 11"
      })
  void endOfTheProcessFailsTheRequestWithItsStatus(int status, String message) throws Exception {
    CompletableFuture<byte[]> answer = run();
    assertEquals(200, status("GET", "invocation/next", ""));
    session.end(FunctionFailure.exited(status));
    assertEquals("Runtime.ExitError: " + message, failure(answer).sentence());
  }

  private CompletableFuture<byte[]> run() {
    return CompletableFuture.supplyAsync(
        () -> {
          try {
            return session.run(request(PATIENCE));
          } catch (FunctionException | TimeoutException | InterruptedException failed) {
            throw new CompletionException(failed);
          }
        });
  }

  private static RuntimeRequest request(Duration timeout) {
    Context context =
        (Context)
            Proxy.newProxyInstance(
                Context.class.getClassLoader(),
                new Class<?>[] {Context.class},
                (self, method, arguments) ->
                    method.getName().equals("getAwsRequestId") ? ID : "arn:f");
    return new RuntimeRequest("{\"a\":1}".getBytes(UTF_8), context, BEGINS_AT_MILLIS, timeout);
  }

  private static FunctionException failure(CompletableFuture<byte[]> answer) {
    return (FunctionException)
        assertThrows(ExecutionException.class, () -> answer.get(10, TimeUnit.SECONDS)).getCause();
  }

  private static String header(HttpResponse<String> response, String name) {
    return response.headers().firstValue(name).orElse("");
  }

  private int status(String method, String path, String body) throws Exception {
    return send(method, path, body).get(10, TimeUnit.SECONDS).statusCode();
  }

  private CompletableFuture<HttpResponse<String>> send(String method, String path, String body) {
    return send(method, path, BodyPublishers.ofString(body));
  }

  private CompletableFuture<HttpResponse<String>> send(
      String method, String path, BodyPublisher body) {
    HttpRequest request =
        HttpRequest.newBuilder(
                URI.create("http://" + port.address() + "/2018-06-01/runtime/" + path))
            .version(HttpClient.Version.HTTP_1_1)
            .method(method, body)
            .header("Lambda-Runtime-Function-Error-Type", "Header")
            .build();
    return HTTP.sendAsync(request, BodyHandlers.ofString());
  }
}
