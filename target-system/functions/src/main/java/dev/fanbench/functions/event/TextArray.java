package dev.fanbench.functions.event;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.List;

/** Arrays of texts. */
final class TextArray {
  private TextArray() {}

  /** Adds the elements of the array that the parser stands at. */
  static void read(JsonParser json, List<String> texts) throws IOException {
    if (json.currentToken() != JsonToken.START_ARRAY) {
      throw new IOException(json.currentName() + " must be an array");
    }
    while (json.nextToken() != JsonToken.END_ARRAY) {
      texts.add(json.getText());
    }
  }

  static void write(JsonGenerator json, String name, List<String> texts) throws IOException {
    json.writeArrayFieldStart(name);
    for (String text : texts) {
      json.writeString(text);
    }
    json.writeEndArray();
  }
}
