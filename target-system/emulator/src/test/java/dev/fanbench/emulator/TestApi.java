package dev.fanbench.emulator;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fanbench.emulator.gateway.CallerCheck;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.awscore.retry.AwsRetryStrategy;
import software.amazon.awssdk.http.crt.AwsCrtAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.retries.api.RetryStrategy;
import software.amazon.awssdk.services.apigatewaymanagementapi.ApiGatewayManagementApiAsyncClient;

/**
 * The API of {@code routes.yaml} with functions that a test writes: every event is kept, and
 * answered with {@code {"statusCode":200}} unless the test says otherwise.
 */
public final class TestApi implements AutoCloseable {
  static final Duration PATIENCE = Duration.ofSeconds(10);

  /** What a function does with an event. */
  interface Behaviour {
    String answer(JsonNode event) throws Exception;
  }

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final HttpClient HTTP = HttpClient.newHttpClient();

  private final Map<String, Behaviour> behaviours = new ConcurrentHashMap<>();
  private final Map<String, BlockingQueue<JsonNode>> events = new ConcurrentHashMap<>();
  private final Emulator emulator;

  private final SdkSigner signer;

  private TestApi(UnaryOperator<EmulatorOptions> change, String template) throws IOException {
    EmulatorOptions options =
        change.apply(
            SharedStore.chat()
                .withTemplate(template)
                .withHandlers(function -> handler(function.name())));
    emulator = Emulator.start(options);
    signer = SdkSigner.standard(options.clock());
  }

  static TestApi start() throws IOException {
    return start(options -> options);
  }

  static TestApi start(UnaryOperator<EmulatorOptions> change) throws IOException {
    return new TestApi(change, template("routes.yaml"));
  }

  /** The text of a template among the test resources. */
  public static String template(String name) {
    try (InputStream in = TestApi.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private RequestStreamHandler handler(String function) {
    return (in, out, context) -> {
      JsonNode event = JSON.readTree(in);
      events(function).add(event);
      try {
        String answer =
            behaviours.getOrDefault(function, any -> "{\"statusCode\":200}").answer(event);
        out.write(answer.getBytes(StandardCharsets.UTF_8));
      } catch (IOException | RuntimeException thrown) {
        throw thrown;
      } catch (Exception thrown) {
        throw new IllegalStateException(thrown);
      }
    };
  }

  /** Gives a function of the template something to do. */
  TestApi on(String function, Behaviour behaviour) {
    behaviours.put(function, behaviour);
    return this;
  }

  private BlockingQueue<JsonNode> events(String function) {
    return events.computeIfAbsent(function, name -> new LinkedBlockingQueue<>());
  }

  /** The next event of a function, awaited. */
  JsonNode event(String function) throws InterruptedException {
    JsonNode event = events(function).poll(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    if (event == null) {
      throw new AssertionError(function + " was not invoked");
    }
    return event;
  }

  Emulator emulator() {
    return emulator;
  }

  URI url() {
    return emulator.url();
  }

  /** Where {@code @connections} has a connection. */
  URI connection(String id) {
    return URI.create(emulator.connections() + "/" + id.replace("=", "%3D"));
  }

  /** Calls {@code @connections}, signed. */
  HttpResponse<String> call(String method, String connectionId, String body) throws Exception {
    return call(method, connection(connectionId), body);
  }

  /** Calls {@code @connections}, signed. */
  HttpResponse<String> call(String method, URI uri, String body) throws Exception {
    return send(uri, method, body, signer.headers(method, uri, body));
  }

  /** The AWS SDK's own client of {@code @connections}; it signs by its own clock. */
  ApiGatewayManagementApiAsyncClient sdk(String secret, RetryStrategy retries) {
    return sdk(URI.create(url().toString().replace("ws://", "http://")), secret, retries);
  }

  /** The same at an endpoint that is spelt otherwise. */
  ApiGatewayManagementApiAsyncClient sdk(URI endpoint) {
    return sdk(endpoint, CallerCheck.SECRET, AwsRetryStrategy.standardRetryStrategy());
  }

  private static ApiGatewayManagementApiAsyncClient sdk(
      URI endpoint, String secret, RetryStrategy retries) {
    return ApiGatewayManagementApiAsyncClient.builder()
        .endpointOverride(endpoint)
        .region(Region.EU_CENTRAL_1)
        .credentialsProvider(
            StaticCredentialsProvider.create(AwsBasicCredentials.create("any", secret)))
        .overrideConfiguration(configuration -> configuration.retryStrategy(retries))
        .httpClientBuilder(AwsCrtAsyncHttpClient.builder())
        .build();
  }

  /** The same with the functions' secret, and with the SDK's own idea of when to try again. */
  ApiGatewayManagementApiAsyncClient sdk() {
    return sdk(CallerCheck.SECRET, AwsRetryStrategy.standardRetryStrategy());
  }

  static HttpResponse<String> send(
      URI uri, String method, String body, Map<String, List<String>> headers) throws Exception {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(uri)
            .timeout(PATIENCE)
            .method(
                method, body.isEmpty() ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
    headers.forEach(
        (name, values) -> {
          if (!name.equals("Host")) {
            values.forEach(value -> request.header(name, value));
          }
        });
    return HTTP.send(request.build(), BodyHandlers.ofString());
  }

  /** Waits until something has come to pass. */
  public static void await(BooleanSupplier condition) throws Exception {
    Executor soon = CompletableFuture.delayedExecutor(10, TimeUnit.MILLISECONDS);
    long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadlineNanos) {
        throw new AssertionError("it did not come to pass");
      }
      CompletableFuture.runAsync(() -> {}, soon).get();
    }
  }

  @Override
  public void close() {
    emulator.close();
  }
}
