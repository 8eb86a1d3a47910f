package dev.fanbench.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import java.io.IOException;
import java.io.Reader;

/**
 * Makes parsers for JSON from clients. Field names are not kept in a table that all parsers share:
 * clients would fill it, and each new name would cost more than its length. Jackson refuses what
 * nests deeper than 1,000, names over 50,000 characters and numbers over 1,000. Thread-safe.
 */
public final class ClientJson {
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  private ClientJson() {}

  /**
   * A parser of {@code text}.
   *
   * @throws IOException never; Jackson declares it
   */
  public static JsonParser parser(String text) throws IOException {
    return JSON.createParser(text);
  }

  /** The same for characters that are read as they are needed. */
  static JsonParser parser(Reader characters) throws IOException {
    return JSON.createParser(characters);
  }
}
