package dev.fanbench.target;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;

/**
 * Serves a target's control URL, on loopback only. {@code GET /counters} answers a flat JSON object
 * of numbers. {@code POST /fault} takes a JSON object and answers 204, or 400 with a sentence that
 * names the faults that are allowed. {@code POST /gc} collects the garbage of this JVM and answers
 * 204 afterwards.
 *
 * <p>One thread is enough: the load reads it at the edges of a phase, never inside.
 */
public final class ControlEndpoint implements AutoCloseable {
  private static final int MAX_FAULT_BYTES = 64 * 1024;

  private final HttpServer server;
  private final ExecutorService thread;
  private final Supplier<Map<String, ? extends Number>> counters;
  private final FaultInjector faults;

  private ControlEndpoint(
      HttpServer server, Supplier<Map<String, ? extends Number>> counters, FaultInjector faults) {
    this.server = server;
    this.counters = counters;
    this.faults = faults;
    this.thread = Executors.newSingleThreadExecutor(task -> daemon(task, "control"));
  }

  /**
   * Starts listening on a free port of the loopback address.
   *
   * @param counters the target's counters now, by key; called on the endpoint's thread while the
   *     target works, so it must not wait for the target
   * @throws IOException if no port can be had
   */
  public static ControlEndpoint start(
      Supplier<Map<String, ? extends Number>> counters, FaultInjector faults) throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    ControlEndpoint endpoint =
        new ControlEndpoint(
            HttpServer.create(new InetSocketAddress(loopback, 0), 0), counters, faults);
    endpoint.server.setExecutor(endpoint.thread);
    endpoint.server.createContext("/", endpoint::handle);
    endpoint.server.start();
    return endpoint;
  }

  /** The address without a path: {@code http://127.0.0.1:41233}. */
  public URI uri() {
    return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
  }

  @Override
  public void close() {
    server.stop(0);
    thread.shutdownNow();
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      switch (exchange.getRequestMethod() + " " + exchange.getRequestURI().getPath()) {
        case "GET /counters" ->
            answer(exchange, 200, FlatJson.write(new TreeMap<>(counters.get())));
        case "POST /fault" -> fault(exchange);
        case "POST /gc" -> collectGarbage(exchange);
        default ->
            answer(
                exchange,
                404,
                message("this path is not served; GET /counters, POST /fault and POST /gc are"));
      }
    }
  }

  private void fault(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MAX_FAULT_BYTES);
    try {
      faults.inject(FaultRequest.parse(new String(body, StandardCharsets.UTF_8)));
    } catch (IllegalArgumentException refused) {
      answer(exchange, 400, message(refused.getMessage()));
      return;
    }
    exchange.sendResponseHeaders(204, -1);
  }

  private static void collectGarbage(HttpExchange exchange) throws IOException {
    System.gc();
    exchange.sendResponseHeaders(204, -1);
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  private static String message(String text) {
    return FlatJson.write(Map.of("message", text));
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
