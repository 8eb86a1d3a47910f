package dev.fanbench.emulator.mapping;

import dev.fanbench.emulator.json.JsonTree;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * What a client asks of a route, with everything that mappings may take from it. Immutable.
 *
 * @param event as a proxy integration would get it: mappings have the same values
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

  /** A header of the handshake by its exact name, or {@code null}. */
  String header(String name) {
    return (String) map(event.get("headers")).get(name);
  }

  /** A query parameter of the handshake, or {@code null}. */
  String query(String name) {
    return (String) map(event.get("queryStringParameters")).get(name);
  }

  @SuppressWarnings("unchecked") // JSON objects have text for keys.
  private static Map<String, Object> map(Object node) {
    return node instanceof Map<?, ?> map ? (Map<String, Object>) map : Map.of();
  }
}
