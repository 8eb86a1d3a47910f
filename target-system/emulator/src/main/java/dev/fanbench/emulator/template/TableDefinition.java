package dev.fanbench.emulator.template;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A DynamoDB table.
 *
 * @param name its {@code TableName}, or else its logical name
 * @param creation its properties, as the API's {@code CreateTable} takes them
 * @param timeToLive the attribute that says when a row expires
 */
public record TableDefinition(
    String name, Map<String, Object> creation, Optional<String> timeToLive) {

  /** The attribute whose hash says which partition an item is in; empty for a table without one. */
  public String partitionKey() {
    if (creation.get("KeySchema") instanceof List<?> schema) {
      for (Object part : schema) {
        if (part instanceof Map<?, ?> key && "HASH".equals(key.get("KeyType"))) {
          return String.valueOf(key.get("AttributeName"));
        }
      }
    }
    return "";
  }
}
