package dev.fanbench.reports.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.fanbench.reports.model.ServerTable;

/** {@code servers.json}: a published comparison of servers. Its records are its schema. */
public final class ServerJson {
  private static final JsonMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private ServerJson() {}

  /** The file's text. */
  public static String of(ServerTable table) {
    return JsonText.of(table);
  }

  /**
   * Reads a file's text.
   *
   * @throws IllegalArgumentException with a sentence when it is no such file
   */
  public static ServerTable read(String text) {
    try {
      return JSON.readValue(text, ServerTable.class);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "servers.json is no comparison of servers: " + e.getOriginalMessage() + ".", e);
    }
  }
}
