package dev.fanbench.emulator;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * An HTTP endpoint that keeps every request and answers {@code heard <body>}. The path {@code
 * /bytes} is answered with 00 ff 0a, a number with that status, and {@code /hang} not before the
 * end of the test.
 */
final class RecordingEndpoint implements AutoCloseable {
  /** A request, with header names in lower case. */
  record Received(
      String method, String path, String query, Map<String, String> headers, String body) {}

  private final BlockingQueue<Received> requests = new LinkedBlockingQueue<>();
  private final CountDownLatch end = new CountDownLatch(1);
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;

  RecordingEndpoint() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.setExecutor(threads);
    server.createContext("/", this::answer);
    server.start();
  }

  URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  /** The next request to this path, awaited; those to others are passed over. */
  Received next(String path) throws InterruptedException {
    Received request;
    do {
      request = requests.poll(TestApi.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      if (request == null) {
        throw new AssertionError("nothing was sent to " + path);
      }
    } while (!request.path().equals(path));
    return request;
  }

  private void answer(HttpExchange exchange) throws IOException {
    String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.ISO_8859_1);
    String path = exchange.getRequestURI().getPath();
    requests.add(
        new Received(
            exchange.getRequestMethod(),
            path,
            exchange.getRequestURI().getQuery(),
            exchange.getRequestHeaders().entrySet().stream()
                .collect(
                    Collectors.toMap(
                        header -> header.getKey().toLowerCase(Locale.ROOT),
                        header -> header.getValue().get(0))),
            body));
    if (path.equals("/hang")) {
      awaitEnd();
    }
    int status = path.matches("/\\d+") ? Integer.parseInt(path.substring(1)) : 200;
    byte[] answer =
        path.equals("/bytes")
            ? new byte[] {0, (byte) 0xff, 10}
            : ("heard " + body).getBytes(StandardCharsets.ISO_8859_1);
    exchange.sendResponseHeaders(status, answer.length);
    exchange.getResponseBody().write(answer);
    exchange.close();
  }

  private void awaitEnd() {
    try {
      end.await();
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public void close() {
    end.countDown();
    server.stop(0);
    threads.shutdownNow();
  }
}
