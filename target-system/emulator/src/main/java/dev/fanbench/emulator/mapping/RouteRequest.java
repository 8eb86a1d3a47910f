package dev.fanbench.emulator.mapping;

import dev.fanbench.emulator.json.JsonTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A client's request to a route, with all values that mappings may use. Immutable.
 *
 * @param event the event as a proxy integration would receive it; mappings have the same values
 */
public record RouteRequest(Map<String, Object> event) {

  /** Reads an event that the gateway wrote. */
  public static RouteRequest read(byte[] event) {
    try {
      return new RouteRequest(map(JsonTree.read(new String(event, StandardCharsets.UTF_8))));
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
  }

  /** The values of {@code $context}. */
  public Map<String, Object> context() {
    return map(event.get("requestContext"));
  }

  /** The client's message; empty when it is connecting or gone. */
  public String body() {
    return event.get("body") instanceof String body ? body : "";
  }

  /** Whether a client asks to be let in, which is the one request with headers of its own. */
  public boolean isConnect() {
    return "CONNECT".equals(context().get("eventType"));
  }

  /** All headers of the event, each with all of its values. */
  public Map<String, List<String>> headers() {
    return lists(event.get("multiValueHeaders"));
  }

  /** All query parameters of the handshake, each with all of its values, not encoded. */
  public Map<String, List<String>> query() {
    return lists(event.get("multiValueQueryStringParameters"));
  }

  /** A header of the event by its name in any case, or {@code null}; the last of several. */
  String header(String name) {
    return map(event.get("headers")).entrySet().stream()
        .filter(header -> header.getKey().equalsIgnoreCase(name))
        .map(header -> (String) header.getValue())
        .findFirst()
        .orElse(null);
  }

  /** The value of {@code $input.params()}; a WebSocket API has no parameters in its path. */
  Map<String, Map<String, Object>> parameters() {
    Map<String, Map<String, Object>> parameters = new LinkedHashMap<>();
    parameters.put("path", Map.of());
    parameters.put("querystring", map(event.get("queryStringParameters")));
    parameters.put("header", map(event.get("headers")));
    return parameters;
  }

  /** A query parameter of the handshake, or {@code null}. */
  String query(String name) {
    return (String) map(event.get("queryStringParameters")).get(name);
  }

  @SuppressWarnings("unchecked") // JSON objects have text for keys.
  private static Map<String, Object> map(Object node) {
    return node instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }

  private static Map<String, List<String>> lists(Object node) {
    Map<String, List<String>> lists = new LinkedHashMap<>();
    map(node)
        .forEach(
            (name, values) ->
                lists.put(name, ((List<?>) values).stream().map(String::valueOf).toList()));
    return lists;
  }
}
