package dev.fanbench.gatling.command;

import dev.fanbench.gatling.options.BadOption;
import dev.fanbench.gatling.options.Option;
import dev.fanbench.gatling.options.OptionCatalog;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;

/**
 * Options as they are typed after a command: {@code key=value}, one word each.
 *
 * @param values by key, in the order they were typed
 */
record SettingList(Map<String, String> values) {

  /** Nothing set. */
  static final SettingList NONE = new SettingList(Map.of());

  private static final String PREFIX = "fanbench.";

  SettingList {
    values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
  }

  /**
   * Reads words.
   *
   * @param bare the key that a word without = sets
   * @throws BadOption when a key is set twice
   */
  static SettingList of(List<String> words, Option<?> bare) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String word : words) {
      int equals = word.indexOf('=');
      boolean url = word.startsWith("ws://") || word.startsWith("wss://");
      String key = equals < 0 || url ? bare.key() : word.substring(0, equals);
      String value = equals < 0 || url ? word : word.substring(equals + 1);
      if (values.putIfAbsent(key, value) != null) {
        throw new BadOption(key + " is set twice, the second time by \"" + word + "\".");
      }
    }
    return new SettingList(values);
  }

  /** These, and others that win over them. */
  SettingList with(SettingList others) {
    Map<String, String> all = new LinkedHashMap<>(values);
    all.putAll(others.values);
    return new SettingList(all);
  }

  /** These, and one that wins over them. */
  SettingList with(Option<?> key, Object value) {
    return with(new SettingList(Map.of(key.key(), String.valueOf(value))));
  }

  /** Whether this one is set. */
  boolean has(Option<?> key) {
    return values.containsKey(key.key());
  }

  /** As they would be typed. */
  List<String> words() {
    return values.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue()).toList();
  }

  /** As a simulation reads them. */
  Properties properties(Path home) {
    Properties properties = new Properties();
    properties.setProperty(PREFIX + OptionCatalog.HOME.key(), home.toString());
    values.forEach((key, value) -> properties.setProperty(PREFIX + key, value));
    return properties;
  }
}
