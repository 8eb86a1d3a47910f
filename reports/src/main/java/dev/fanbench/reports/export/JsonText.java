package dev.fanbench.reports.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Writes records as JSON files for scripts. */
final class JsonText {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private JsonText() {}

  /** The text of a file, with a line break at its end. */
  static String of(Object records) {
    try {
      return JSON.writeValueAsString(records) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records of plain values cannot be written", e);
    }
  }
}
