package dev.fanbench.functions.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

/**
 * The response of a proxy integration.
 *
 * @param statusCode an HTTP status; anything but 2xx from {@code $connect} refuses the client
 * @param body the frame for the sender, if its route has a route response
 */
public record ProxyAnswer(int statusCode, Optional<String> body) {
  private static final JsonFactory JSON = new JsonFactory();

  /** All went well. */
  public static ProxyAnswer ok(Optional<String> body) {
    return new ProxyAnswer(200, body);
  }

  /** Writes the answer and leaves {@code out} open. */
  public void write(OutputStream out) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.writeStartObject();
      json.writeNumberField("statusCode", statusCode);
      if (body.isPresent()) {
        json.writeStringField("body", body.get());
      }
      json.writeEndObject();
    }
  }
}
