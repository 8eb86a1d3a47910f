package dev.fanbench.reports.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Writes records as JSON files for scripts. */
final class JsonText {
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private static final JsonMapper ON_ONE_LINE = new JsonMapper();

  private JsonText() {}

  /** The same records without line breaks, for a reader that asks often. */
  static String onOneLine(Object records) {
    return text(ON_ONE_LINE, records);
  }

  /** The text of a file, with a line break at its end. */
  static String of(Object records) {
    return text(JSON, records) + "\n";
  }

  private static String text(JsonMapper mapper, Object records) {
    try {
      return mapper.writeValueAsString(records);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("records of plain values cannot be written", e);
    }
  }
}
