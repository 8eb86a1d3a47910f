package dev.fanbench.emulator.integration;

import dev.fanbench.emulator.failure.RequestGuard;
import dev.fanbench.emulator.integration.IntegrationEndpoint.Answer;
import dev.fanbench.emulator.mapping.ParameterMapping;
import dev.fanbench.emulator.mapping.RouteRequest;
import dev.fanbench.emulator.template.HttpEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/** Sends the requests of all HTTP integrations over connections that are kept. Thread-safe. */
final class HttpCaller implements AutoCloseable {
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);
  private static final int THREADS = 2;
  private static final int SERVER_ERROR = 500;

  /** Headers of this request, which tell of its own connection and body. */
  private static final Set<String> OWN_HEADERS =
      Set.of(
          "connection",
          "content-length",
          "content-type",
          "expect",
          "host",
          "keep-alive",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade");

  private final CompletableFuture<Void> drained = new CompletableFuture<>();

  // All four are guarded by this object's monitor.
  private HttpClient client;
  private ExecutorService threads;
  private int open;
  private boolean closed;

  /**
   * Creates the client if there is none yet. An API whose routes call functions only never needs
   * it, and it is a tenth of the time to start: the client sets up TLS.
   */
  synchronized HttpClient client() {
    if (client == null) {
      threads = newThreads();
      client =
          HttpClient.newBuilder()
              .version(HttpClient.Version.HTTP_1_1)
              .connectTimeout(CONNECT_TIMEOUT)
              .executor(threads)
              .build();
    }
    return client;
  }

  private static ExecutorService newThreads() {
    AtomicInteger number = new AtomicInteger();
    return Executors.newFixedThreadPool(
        THREADS,
        task -> {
          // Part of the front door, and booked with it.
          Thread thread = new Thread(task, "loop-http-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }

  /**
   * An endpoint.
   *
   * @param forwards whether it gets the headers and the query of a client that asks to be let in
   */
  IntegrationEndpoint endpoint(HttpEndpoint target, ParameterMapping parameters, boolean forwards) {
    HttpClient sender = client();
    return (request, payload) -> {
      try {
        return send(
            sender, build(target, parameters, forwards && request.isConnect(), request, payload));
      } catch (IllegalArgumentException unsendable) {
        // A header that HTTP does not allow.
        RequestGuard.report("a request to " + target.uri(), unsendable);
        return PendingAnswer.of(CompletableFuture.failedFuture(unsendable));
      }
    };
  }

  private static HttpRequest build(
      HttpEndpoint target,
      ParameterMapping parameters,
      boolean forwards,
      RouteRequest request,
      byte[] payload) {
    QueryText query = new QueryText();
    if (forwards) {
      query.addAll(request.query(), name -> !parameters.setsQuery(name));
    }
    query.addAll(parameters.query(request));
    HttpRequest.Builder builder =
        HttpRequest.newBuilder(query.appendedTo(target.uri()))
            .method(target.method(), BodyPublishers.ofByteArray(payload))
            .setHeader("Content-Type", "application/json");
    if (forwards) {
      request.headers().forEach((name, values) -> forward(builder, parameters, name, values));
    }
    parameters.headers(request).forEach(builder::setHeader);
    return builder.build();
  }

  private static void forward(
      HttpRequest.Builder builder, ParameterMapping parameters, String name, List<String> values) {
    // A mapped header is never the client's, even when its source is empty: it may name the user.
    if (!OWN_HEADERS.contains(name.toLowerCase(Locale.ROOT)) && !parameters.setsHeader(name)) {
      values.forEach(value -> builder.header(name, value));
    }
  }

  private PendingAnswer<Answer> send(HttpClient sender, HttpRequest request) {
    if (!begin()) {
      return PendingAnswer.of(
          CompletableFuture.failedFuture(new RejectedExecutionException("stopping")));
    }
    CompletableFuture<HttpResponse<byte[]>> response =
        sender.sendAsync(request, BodyHandlers.ofByteArray());
    new RequestGuard("the end of a request to " + request.uri(), () -> {})
        .whenComplete(response, Runnable::run, (answer, failure) -> ended(request, failure));
    return new PendingAnswer<>(response, () -> response.cancel(true)).map(HttpCaller::answer);
  }

  private void ended(HttpRequest request, Throwable failure) {
    // One that was given up in time is counted as that.
    if (failure != null && !(failure instanceof CancellationException)) {
      RequestGuard.report("a request to " + request.uri(), failure);
    }
    end();
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

  /** Sends nothing more and ends the threads. Answers that are still to come are not heard. */
  @Override
  public void close() {
    drain();
    synchronized (this) {
      if (threads != null) {
        threads.shutdown();
      }
    }
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
