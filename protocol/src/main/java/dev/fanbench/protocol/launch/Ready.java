package dev.fanbench.protocol.launch;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.fanbench.protocol.JsonObject;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Optional;

/**
 * What a target says, in one line on its standard output, as soon as it accepts connections.
 *
 * @param url where clients connect, for example {@code ws://127.0.0.1:9001/dev}
 * @param connections where frames are posted to connections, or {@code null} if nobody can
 * @param control where the target is read and disturbed, on loopback
 * @param pid the target's process
 * @param latencies the model of what the target adds to what it takes by itself, in words, or
 *     {@code null} when it adds nothing
 * @param transport how the target asks the kernel, or {@code null} when it has no choice
 */
public record Ready(
    URI url, URI connections, URI control, long pid, String latencies, String transport) {
  /** How the line starts; everything after it is one JSON object. */
  public static final String PREFIX = "READY ";

  /** Checks that what must be there is. */
  public Ready {
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(control, "control");
  }

  /** A target that adds no latencies and has no choice of transport. */
  public Ready(URI url, URI connections, URI control, long pid) {
    this(url, connections, control, pid, null, null);
  }

  /** The line, without a line end. */
  public String line() {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("url", url.toString());
      json.writeFieldName("connections");
      json.writeString(connections == null ? null : connections.toString());
      json.writeStringField("control", control.toString());
      json.writeNumberField("pid", pid);
      if (latencies != null) {
        json.writeStringField("latencies", latencies);
      }
      if (transport != null) {
        json.writeStringField("transport", transport);
      }
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return PREFIX + out;
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
    return JsonObject.parse(line.substring(PREFIX.length()))
        .flatMap(Ready::of)
        .orElseThrow(() -> new IllegalArgumentException("broken READY line: " + line));
  }

  private static Optional<Ready> of(JsonObject json) {
    try {
      return Optional.of(
          new Ready(
              URI.create(json.string("url").orElseThrow()),
              json.string("connections").map(URI::create).orElse(null),
              URI.create(json.string("control").orElseThrow()),
              Long.parseLong(json.source("pid").orElseThrow()),
              json.string("latencies").orElse(null),
              json.string("transport").orElse(null)));
    } catch (NoSuchElementException | IllegalArgumentException incomplete) {
      return Optional.empty();
    }
  }
}
