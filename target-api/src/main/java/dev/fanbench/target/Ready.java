package dev.fanbench.target;

import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * The line that a target prints on standard output as soon as it accepts connections.
 *
 * @param url the address for clients, for example {@code ws://127.0.0.1:9001/dev}
 * @param connections the address that takes posts to connections, or {@code null} without one
 * @param control the control endpoint, on loopback, or {@code null} without one
 * @param pid the target's process id
 * @param latencies the model of the latencies that the target adds, in words, or {@code null}
 *     without one
 * @param transport the kernel interface in use, or {@code null} without a choice
 */
public record Ready(
    URI url, URI connections, URI control, long pid, String latencies, String transport) {
  /** The start of the line; the rest is one JSON object. */
  public static final String PREFIX = "READY ";

  /** Rejects a line without an address. */
  public Ready {
    Objects.requireNonNull(url, "url");
  }

  /** A target that adds no latencies and has no choice of transport. */
  public Ready(URI url, URI connections, URI control, long pid) {
    this(url, connections, control, pid, null, null);
  }

  /** The line, without a line end. */
  public String line() {
    Map<String, Object> members = new LinkedHashMap<>();
    members.put("url", url);
    members.put("connections", connections);
    members.put("control", control);
    members.put("pid", pid);
    if (latencies != null) {
      members.put("latencies", latencies);
    }
    if (transport != null) {
      members.put("transport", transport);
    }
    return PREFIX + FlatJson.write(members);
  }

  /**
   * Reads a line that {@link #line()} wrote.
   *
   * @throws IllegalArgumentException if it is no such line
   */
  public static Ready parse(String line) {
    if (!line.startsWith(PREFIX)) {
      throw new IllegalArgumentException("not a READY line: " + line);
    }
    return FlatJson.read(line.substring(PREFIX.length()))
        .flatMap(Ready::of)
        .orElseThrow(() -> new IllegalArgumentException("broken READY line: " + line));
  }

  private static Optional<Ready> of(Map<String, String> members) {
    try {
      return Optional.of(
          new Ready(
              URI.create(members.get("url")),
              members.get("connections") == null ? null : URI.create(members.get("connections")),
              members.get("control") == null ? null : URI.create(members.get("control")),
              Long.parseLong(members.get("pid")),
              members.get("latencies"),
              members.get("transport")));
    } catch (NullPointerException | IllegalArgumentException incomplete) {
      return Optional.empty();
    }
  }
}
