package dev.fanbench.emulator.integration;

import dev.fanbench.emulator.integration.Endpoint.Answer;
import dev.fanbench.emulator.mapping.ParameterMapping;
import dev.fanbench.emulator.mapping.RouteRequest;
import dev.fanbench.emulator.template.HttpEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;

/** Sends the requests of all HTTP integrations over connections that are kept. Thread-safe. */
final class HttpCaller {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final int THREADS = 2;
  private static final int SERVER_ERROR = 500;

  private final HttpClient client;
  private final CompletableFuture<Void> drained = new CompletableFuture<>();

  // Both are guarded by this object's monitor.
  private int open;
  private boolean closed;

  HttpCaller() {
    AtomicInteger number = new AtomicInteger();
    client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .executor(
                Executors.newFixedThreadPool(
                    THREADS,
                    task -> {
                      // Part of the front door, and booked with it.
                      Thread thread = new Thread(task, "loop-http-" + number.incrementAndGet());
                      thread.setDaemon(true);
                      return thread;
                    }))
            .build();
  }

  Endpoint endpoint(HttpEndpoint target, ParameterMapping parameters) {
    return (request, payload) -> {
      try {
        return send(build(target, parameters, request, payload));
      } catch (IllegalArgumentException unsendable) {
        // A mapped header that HTTP does not allow.
        return Pending.of(CompletableFuture.failedFuture(unsendable));
      }
    };
  }

  private static HttpRequest build(
      HttpEndpoint target, ParameterMapping parameters, RouteRequest request, byte[] payload) {
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(uri(target.uri(), parameters.query(request)))
            .method(target.method(), BodyPublishers.ofByteArray(payload))
            .setHeader("Content-Type", "application/json");
    parameters.headers(request).forEach(builder::setHeader);
    return builder.build();
  }

  private static URI uri(URI base, Map<String, String> query) {
    if (query.isEmpty()) {
      return base;
    }
    String encoded =
        query.entrySet().stream()
            .map(
                parameter ->
                    parameter.getKey()
                        + "="
                        + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8))
            .collect(Collectors.joining("&"));
    return URI.create(base + (base.getRawQuery() == null ? "?" : "&") + encoded);
  }

  private Pending<Answer> send(HttpRequest request) {
    if (!begin()) {
      return Pending.of(CompletableFuture.failedFuture(new RejectedExecutionException("stopping")));
    }
    CompletableFuture<HttpResponse<byte[]>> response =
        client.sendAsync(request, BodyHandlers.ofByteArray());
    var unused = response.whenComplete((answer, failure) -> end());
    return new Pending<>(response, () -> response.cancel(true)).map(HttpCaller::answer);
  }

  private synchronized boolean begin() {
    open += closed ? 0 : 1;
    return !closed;
  }

  private synchronized void end() {
    open--;
    if (closed && open == 0) {
      drained.complete(null);
    }
  }

  /** Sends nothing more; completes when what was sent is answered or given up. */
  synchronized CompletableFuture<Void> drain() {
    closed = true;
    if (open == 0) {
      drained.complete(null);
    }
    return drained;
  }

  private static Answer answer(HttpResponse<byte[]> response) {
    if (response.statusCode() >= SERVER_ERROR) {
      throw new UncheckedIOException(
          new IOException(response.uri() + " answered " + response.statusCode()));
    }
    Map<String, String> headers = new HashMap<>();
    response
        .headers()
        .map()
        .forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values.get(0)));
    return new Answer(response.statusCode(), headers, response.body());
  }
}
