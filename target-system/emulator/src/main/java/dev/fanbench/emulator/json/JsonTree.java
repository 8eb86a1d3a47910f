package dev.fanbench.emulator.json;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.fanbench.protocol.ClientJson;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads and writes trees of {@code Map}, {@code List}, {@code String}, {@code Number}, {@code
 * Boolean} and {@code null}. Thread-safe; objects keep the order of their keys, and the last of two
 * equal keys wins.
 */
public final class JsonTree {
  private static final JsonFactory JSON = new JsonFactory();

  private JsonTree() {}

  /**
   * Reads one whole text.
   *
   * @throws IOException if it is no JSON, or more than one value
   */
  public static Object read(String text) throws IOException {
    try (JsonParser json = ClientJson.parser(text)) {
      if (json.nextToken() == null) {
        throw new IOException("there is no JSON");
      }
      Object tree = value(json);
      if (json.nextToken() != null) {
        throw new IOException("there is more than one JSON value");
      }
      return tree;
    }
  }

  private static Object value(JsonParser json) throws IOException {
    return switch (json.currentToken()) {
      case START_OBJECT -> object(json);
      case START_ARRAY -> array(json);
      case VALUE_NUMBER_INT -> json.getNumberValue();
      case VALUE_NUMBER_FLOAT -> json.getDecimalValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_NULL -> null;
      default -> json.getText();
    };
  }

  private static Map<String, Object> object(JsonParser json) throws IOException {
    Map<String, Object> object = new LinkedHashMap<>();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      object.put(name, value(json));
    }
    return object;
  }

  private static List<Object> array(JsonParser json) throws IOException {
    List<Object> array = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      array.add(value(json));
    }
    return array;
  }

  /** The tree as text, without blanks; what is none of the above goes out as its text. */
  public static String write(Object tree) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      write(json, tree);
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toString();
  }

  private static void write(JsonGenerator json, Object tree) throws IOException {
    if (tree == null) {
      json.writeNull();
    } else if (tree instanceof Map<?, ?> map) {
      json.writeStartObject();
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        json.writeFieldName(entry.getKey().toString());
        write(json, entry.getValue());
      }
      json.writeEndObject();
    } else if (tree instanceof List<?> list) {
      json.writeStartArray();
      for (Object item : list) {
        write(json, item);
      }
      json.writeEndArray();
    } else if (tree instanceof Boolean flag) {
      json.writeBoolean(flag);
    } else if (tree instanceof Number number) {
      json.writeNumber(number.toString());
    } else {
      json.writeString(tree.toString());
    }
  }
}
