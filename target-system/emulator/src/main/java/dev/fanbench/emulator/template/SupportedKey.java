package dev.fanbench.emulator.template;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** The keys of one map of {@code serverless.yml}: those with an effect here, and those without. */
final class SupportedKey {
  private final Set<String> honoured = new TreeSet<>();
  private final Set<String> unread = new TreeSet<>();

  /**
   * @param honoured names, separated by spaces
   */
  SupportedKey(String honoured) {
    also(honoured);
  }

  /** Adds further names with an effect. */
  SupportedKey also(String names) {
    honoured.addAll(Arrays.asList(names.split(" ")));
    return this;
  }

  /** Adds names without an effect. */
  SupportedKey unread(String names) {
    unread.addAll(Arrays.asList(names.split(" ")));
    return this;
  }

  /**
   * The keys of a map that change nothing here.
   *
   * @param where the place of the map, empty for the whole file
   * @throws TemplateException naming a key that the emulator does not have
   */
  List<String> check(Map<String, Object> map, String where) {
    String prefix = where.isEmpty() ? "" : where + ".";
    for (String key : map.keySet()) {
      if (!honoured.contains(key) && !unread.contains(key)) {
        Set<String> all = new TreeSet<>(honoured);
        all.addAll(unread);
        throw new TemplateException(
            "%s%s is not supported; the emulator has %s"
                .formatted(prefix, key, String.join(", ", all)));
      }
    }
    return map.keySet().stream().filter(unread::contains).map(key -> prefix + key).toList();
  }
}
