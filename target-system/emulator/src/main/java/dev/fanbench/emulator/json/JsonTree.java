package dev.fanbench.emulator.json;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.fanbench.protocol.ClientJson;
import java.io.IOException;

/**
 * Reads and writes trees of {@code Map}, {@code List}, {@code String}, {@code Number}, {@code
 * Boolean} and {@code null}. Thread-safe; objects keep the order of their keys, and the last of two
 * equal keys wins.
 */
public final class JsonTree {
  private static final JsonMapper JSON = new JsonMapper();
  private static final ObjectReader READER =
      JSON.readerFor(Object.class).with(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  private static final ObjectWriter WRITER = JSON.writer();

  private JsonTree() {}

  /**
   * Reads one whole text.
   *
   * @throws IOException if it is no JSON, or more than one value
   */
  public static Object read(String text) throws IOException {
    try (JsonParser json = ClientJson.parser(text)) {
      Object tree = READER.readValue(json);
      if (json.nextToken() != null) {
        throw new IOException("there is more than one JSON value");
      }
      return tree;
    }
  }

  /**
   * The tree as text, without blanks.
   *
   * @throws IllegalArgumentException if a value in it is none of the above
   */
  public static String write(Object tree) {
    try {
      return WRITER.writeValueAsString(tree);
    } catch (JsonProcessingException foreign) {
      throw new IllegalArgumentException(foreign);
    }
  }
}
