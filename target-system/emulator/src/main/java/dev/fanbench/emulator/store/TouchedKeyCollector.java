package dev.fanbench.emulator.store;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Collects the partition keys that a call of DynamoDB names. For one call, by one thread. */
final class TouchedKeyCollector {
  private static final Pattern EQUALITY = Pattern.compile("(#?\\w+)\\s*=\\s*(:\\w+)");

  private final Map<String, String> partitionKeys;
  private final Map<String, List<Object>> byTable = new HashMap<>();

  /**
   * @param partitionKeys name of the partition key by name of the table
   */
  TouchedKeyCollector(Map<String, String> partitionKeys) {
    this.partitionKeys = partitionKeys;
  }

  /** Values of partition keys by table; no value for a table that is named without a key. */
  Map<String, List<Object>> byTable() {
    return byTable;
  }

  /** Reads the body of a call. */
  void read(Object body) {
    read(body, "");
  }

  private void read(Object node, String outerTable) {
    if (node instanceof List<?> list) {
      list.forEach(each -> read(each, outerTable));
    } else if (node instanceof Map<?, ?> map) {
      String table = map.get("TableName") instanceof String name ? touch(name) : outerTable;
      map.forEach((name, value) -> read(map, String.valueOf(name), value, table));
    }
  }

  private void read(Map<?, ?> parent, String name, Object value, String table) {
    switch (name) {
      case "Key", "Item" -> add(table, value);
      case "Keys" -> list(value).forEach(key -> add(table, key));
      case "KeyConditionExpression" -> query(table, parent, String.valueOf(value));
      case "RequestItems" ->
          map(value).forEach((each, items) -> read(items, touch(String.valueOf(each))));
      case "ExpressionAttributeNames", "ExpressionAttributeValues", "ExclusiveStartKey" -> {
        // Nothing in there is touched.
      }
      default -> read(value, table);
    }
  }

  private String touch(String table) {
    byTable.computeIfAbsent(table, name -> new ArrayList<>());
    return table;
  }

  private void add(String table, Object attributes) {
    add(table, partitionKeys.get(table), map(attributes));
  }

  private void add(String table, String partitionKey, Map<?, ?> attributes) {
    Object value = attributes.get(partitionKey);
    if (value != null) {
      byTable.get(touch(table)).add(value);
    }
  }

  /** The value that a query wants its partition key to have. */
  private void query(String table, Map<?, ?> call, String condition) {
    Map<?, ?> names = map(call.get("ExpressionAttributeNames"));
    Map<?, ?> values = map(call.get("ExpressionAttributeValues"));
    Matcher equality = EQUALITY.matcher(condition);
    while (equality.find()) {
      Object attribute =
          names.containsKey(equality.group(1)) ? names.get(equality.group(1)) : equality.group(1);
      if (Objects.equals(attribute, partitionKeys.get(table))) {
        add(table, equality.group(2), values);
      }
    }
  }

  private static List<?> list(Object node) {
    return node instanceof List<?> list ? list : List.of();
  }

  private static Map<?, ?> map(Object node) {
    return node instanceof Map<?, ?> map ? map : Map.of();
  }
}
