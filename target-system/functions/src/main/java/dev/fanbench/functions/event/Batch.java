package dev.fanbench.functions.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A frame and its receivers, which one invocation asks another to post.
 *
 * @param frame the text for each connection
 * @param connectionIds the connections to post to
 */
public record Batch(String frame, List<String> connectionIds) {
  private static final JsonFactory JSON = new JsonFactory();

  public Batch {
    connectionIds = List.copyOf(connectionIds);
  }

  /**
   * Reads one; fields that are not known are skipped.
   *
   * @throws IOException if it is no JSON object, or one without a frame
   */
  public static Batch read(InputStream in) throws IOException {
    String frame = null;
    List<String> ids = new ArrayList<>();
    try (JsonParser json = JSON.createParser(in)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("a batch is a JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "frame" -> frame = json.getText();
          case "connectionIds" -> TextArray.read(json, ids);
          default -> json.skipChildren();
        }
      }
    }
    if (frame == null) {
      throw new IOException("a batch without frame");
    }
    return new Batch(frame, ids);
  }

  /** As JSON, in UTF-8. */
  public byte[] bytes() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      json.writeStringField("frame", frame);
      TextArray.write(json, "connectionIds", connectionIds);
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }
}
