package dev.fanbench.measurement.floor;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;

/**
 * The floor target's control URL: {@code GET /counters}. It has no faults, so {@code POST /fault}
 * is answered 400.
 */
final class FloorControl implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();

  private final HttpServer server;

  FloorControl(FloorCounters counters) throws IOException {
    InetAddress loopback = InetAddress.getByAddress(new byte[] {127, 0, 0, 1});
    server = HttpServer.create(new InetSocketAddress(loopback, 0), 0);
    server.createContext("/counters", exchange -> answer(exchange, 200, counters.read()));
    server.createContext(
        "/fault",
        exchange -> answer(exchange, 400, Map.of("message", "the floor target has no faults")));
    server.start();
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private static void answer(HttpExchange exchange, int status, Map<String, ?> json)
      throws IOException {
    try (exchange) {
      exchange.getRequestBody().readAllBytes();
      byte[] body = JSON.writeValueAsBytes(json);
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
    }
  }
}
