package dev.fanbench.protocol.launch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.fanbench.protocol.JsonObject;
import java.io.IOException;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The control URL of a target, on loopback only: {@code GET /counters} answers a flat JSON object
 * of numbers, {@code POST /fault} with a JSON object answers 204, or 400 with a sentence that says
 * what is allowed.
 *
 * <p>It has one thread and no keep-up duty: it is read at the edges of a phase, never inside.
 */
public final class ControlEndpoint implements AutoCloseable {
  private static final int MAX_FAULT_BYTES = 64 * 1024;

  private final HttpServer server;
  private final ExecutorService thread;
  private final Counters counters;
  private final Faults faults;

  private ControlEndpoint(HttpServer server, Counters counters, Faults faults) {
    this.server = server;
    this.counters = counters;
    this.faults = faults;
    this.thread = Executors.newSingleThreadExecutor(task -> daemon(task, "control"));
  }

  /**
   * Starts listening on a free port of the loopback address.
   *
   * @throws IOException if no port can be had
   */
  public static ControlEndpoint start(Counters counters, Faults faults) throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    ControlEndpoint endpoint =
        new ControlEndpoint(
            HttpServer.create(new InetSocketAddress(loopback, 0), 0), counters, faults);
    endpoint.server.setExecutor(endpoint.thread);
    endpoint.server.createContext("/", endpoint::handle);
    endpoint.server.start();
    return endpoint;
  }

  /** Where it listens, without a path: {@code http://127.0.0.1:41233}. */
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
        case "GET /counters" -> answer(exchange, 200, numbers(counters.read()));
        case "POST /fault" -> fault(exchange);
        default -> answer(exchange, 404, message("here are GET /counters and POST /fault"));
      }
    }
  }

  private void fault(HttpExchange exchange) throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(MAX_FAULT_BYTES);
    try {
      faults.inject(
          JsonObject.parse(new String(body, StandardCharsets.UTF_8))
              .orElseThrow(() -> new IllegalArgumentException("a fault is a JSON object")));
    } catch (IllegalArgumentException refused) {
      answer(exchange, 400, message(refused.getMessage()));
      return;
    }
    exchange.sendResponseHeaders(204, -1);
  }

  private static void answer(HttpExchange exchange, int status, String json) throws IOException {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, body.length);
    exchange.getResponseBody().write(body);
  }

  private static String numbers(Map<String, ? extends Number> figures) throws IOException {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.writeStartObject();
      for (Map.Entry<String, ? extends Number> figure : new TreeMap<>(figures).entrySet()) {
        json.writeFieldName(figure.getKey());
        json.writeNumber(figure.getValue().toString());
      }
      json.writeEndObject();
    }
    return out.toString();
  }

  private static String message(String text) throws IOException {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("message", text);
      json.writeEndObject();
    }
    return out.toString();
  }

  private static Thread daemon(Runnable task, String name) {
    Thread thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }
}
