package dev.fanbench.emulator.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Typed looks into a tree of maps, lists and scalars; errors name the place. */
final class TemplateNode {
  private TemplateNode() {}

  static Map<String, Object> map(Object node, String where) {
    if (!(node instanceof Map<?, ?> map)) {
      throw new TemplateException(where + " must be a map, but is " + node);
    }
    Map<String, Object> named = new LinkedHashMap<>();
    map.forEach((key, value) -> named.put(String.valueOf(key), value));
    return named;
  }

  /** A map below {@code parent}, empty when there is none. */
  static Map<String, Object> mapIn(Map<String, Object> parent, String key, String where) {
    return parent.containsKey(key) ? map(parent.get(key), where + "." + key) : Map.of();
  }

  /** A list below {@code parent}, empty when there is none. */
  static List<?> list(Map<String, Object> parent, String key, String where) {
    Object value = parent.getOrDefault(key, List.of());
    if (value instanceof List<?> list) {
      return list;
    }
    throw new TemplateException("%s.%s must be a list, but is %s".formatted(where, key, value));
  }

  static String text(Map<String, Object> parent, String key, String where) {
    Object value = parent.get(key);
    if (value == null || value instanceof Map || value instanceof List) {
      throw new TemplateException("%s.%s must be a text, but is %s".formatted(where, key, value));
    }
    return value.toString();
  }

  static String text(Map<String, Object> parent, String key, String where, String otherwise) {
    return parent.containsKey(key) ? text(parent, key, where) : otherwise;
  }

  /** The texts below {@code parent.key}, empty when there is none. */
  static Map<String, String> texts(Map<String, Object> parent, String key, String where) {
    Map<String, Object> map = mapIn(parent, key, where);
    Map<String, String> texts = new LinkedHashMap<>();
    map.keySet().forEach(name -> texts.put(name, text(map, name, where + "." + key)));
    return texts;
  }

  static int number(Map<String, Object> parent, String key, String where, int otherwise) {
    String value = text(parent, key, where, Integer.toString(otherwise));
    try {
      return Integer.parseInt(value);
    } catch (NumberFormatException broken) {
      throw new TemplateException("%s.%s must be a number, but is %s".formatted(where, key, value));
    }
  }
}
