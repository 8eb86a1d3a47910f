package dev.fanbench.reports;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fanbench.measurement.clock.NanoClock;
import dev.fanbench.reports.export.MetricsText;
import dev.fanbench.reports.export.SecondsJson;
import dev.fanbench.reports.model.LiveRun;
import dev.fanbench.reports.model.LiveView;
import dev.fanbench.reports.page.LivePage;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/**
 * Shows a run in progress to this machine's browsers. {@code GET /} is the page, and {@code GET
 * /state} the part of it that changes. {@code GET /seconds} has the last minutes for its curves,
 * and {@code GET /metrics} counts for Prometheus. The server is read-only. A thread does the sums
 * of an answer when it is asked for. Without requests, it costs nothing but the listening.
 *
 * <p>A client that sends half a request holds its thread, so there are several. The JDK's server
 * gives up such a request only where the system property {@code sun.net.httpserver.maxReqTime} is
 * set when the JVM's first server is created. It then holds for all of them, so it is set in the
 * arguments of the load's JVM and not here.
 */
public final class LiveServer implements AutoCloseable {

  /** A page that asked this long ago is taken to be open still. */
  private static final long OPEN_NANOS = TimeUnit.SECONDS.toNanos(3);

  /** Time that an open page has to finish its last request. */
  private static final long LAST_WORD_SECONDS = 2;

  private static final int THREADS = 4;

  private static final String HTML = "text/html; charset=utf-8";

  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'; connect-src 'self'; "
          + "img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private final LiveRun run;
  private final NanoClock clock;
  private final HttpServer server;
  private final ExecutorService executor =
      Executors.newFixedThreadPool(
          THREADS,
          task -> {
            Thread thread = new Thread(task, "run-live");
            thread.setDaemon(true);
            return thread;
          });
  private final CountDownLatch lastWord = new CountDownLatch(1);
  private boolean asked;
  private long askedAtNanos;

  private LiveServer(HttpServer server, LiveRun run, NanoClock clock) {
    this.server = server;
    this.run = run;
    this.clock = clock;
  }

  /**
   * Listens on 127.0.0.1.
   *
   * @param port 0 for any free one
   * @throws IOException when the port cannot be had
   */
  public static LiveServer start(int port, LiveRun run, NanoClock clock) throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    HttpServer server = HttpServer.create(new InetSocketAddress(loopback, port), 0);
    LiveServer live = new LiveServer(server, run, clock);
    server.createContext("/", live::answer);
    server.setExecutor(live.executor);
    server.start();
    return live;
  }

  /** Address of the page. */
  public URI address() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/");
  }

  /**
   * Stops listening. A page that is open is given two seconds to ask once more, so that it shows
   * how the run ended.
   */
  @Override
  public void close() {
    try {
      if (isWatched()) {
        var unused = lastWord.await(LAST_WORD_SECONDS, TimeUnit.SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    server.stop(0);
    executor.shutdownNow();
  }

  private synchronized boolean isWatched() {
    return asked && clock.nanoTime() - askedAtNanos <= OPEN_NANOS;
  }

  private synchronized void asked() {
    asked = true;
    askedAtNanos = clock.nanoTime();
  }

  private void answer(HttpExchange exchange) throws IOException {
    LiveView view = run.view();
    String path = exchange.getRequestURI().getPath();
    boolean told = path.equals("/state") && view.ending().isPresent();
    try (exchange) {
      if (!exchange.getRequestMethod().equals("GET")) {
        exchange.sendResponseHeaders(405, -1);
      } else if (path.equals("/")) {
        send(exchange, HTML, LivePage.of(view));
      } else if (path.equals("/state")) {
        asked();
        send(exchange, HTML, LivePage.state(view));
      } else if (path.equals("/seconds")) {
        send(exchange, SecondsJson.CONTENT_TYPE, SecondsJson.of(view));
      } else if (path.equals("/metrics")) {
        send(exchange, MetricsText.CONTENT_TYPE, MetricsText.of(view));
      } else {
        exchange.sendResponseHeaders(404, -1);
      }
    }
    // Only a closed exchange has sent all of its answer.
    if (told) {
      lastWord.countDown();
    }
  }

  private void send(HttpExchange exchange, String contentType, String text) throws IOException {
    byte[] body = text.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", contentType);
    exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
    exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
    exchange.getResponseHeaders().set("Cache-Control", "no-store");
    exchange.sendResponseHeaders(200, body.length);
    exchange.getResponseBody().write(body);
  }
}
