package dev.fanbench.functions.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The result of posting a {@link Batch}.
 *
 * @param delivered posts that arrived
 * @param gone connections that answered that they are gone
 * @param failed posts that failed in any other way
 * @param leftOut connections without a post
 */
public record BatchOutcome(int delivered, List<String> gone, int failed, int leftOut) {
  private static final JsonFactory JSON = new JsonFactory();

  public BatchOutcome {
    gone = List.copyOf(gone);
  }

  /**
   * Reads one.
   *
   * @throws IOException if it is none: a function that failed answers another object
   */
  public static BatchOutcome read(InputStream in) throws IOException {
    int[] counts = {-1, 0, 0};
    List<String> gone = new ArrayList<>();
    try (JsonParser json = JSON.createParser(in)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("an outcome is a JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "delivered" -> counts[0] = json.getIntValue();
          case "failed" -> counts[1] = json.getIntValue();
          case "leftOut" -> counts[2] = json.getIntValue();
          case "gone" -> TextArray.read(json, gone);
          default -> json.skipChildren();
        }
      }
    }
    if (counts[0] < 0) {
      throw new IOException("an outcome without delivered");
    }
    return new BatchOutcome(counts[0], gone, counts[1], counts[2]);
  }

  /** Writes it and leaves {@code out} open. */
  public void write(OutputStream out) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.writeStartObject();
      json.writeNumberField("delivered", delivered);
      json.writeNumberField("failed", failed);
      json.writeNumberField("leftOut", leftOut);
      TextArray.write(json, "gone", gone);
      json.writeEndObject();
    }
  }
}
