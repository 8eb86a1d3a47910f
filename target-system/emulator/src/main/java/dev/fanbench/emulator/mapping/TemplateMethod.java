package dev.fanbench.emulator.mapping;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A method that templates may call. AWS finds methods by reflection; these are the ones that change
 * nothing beyond the values of a template.
 *
 * @param type of the value that has it
 * @param arguments how many it takes
 */
record TemplateMethod(Class<?> type, String name, int arguments, Body body) {
  private static final List<TemplateMethod> ALL =
      List.of(
          of(InputVariable.class, "json", 1, (on, with) -> on.json(text(with, 0))),
          of(InputVariable.class, "path", 1, (on, with) -> on.path(text(with, 0))),
          of(InputVariable.class, "params", 0, (on, with) -> on.params()),
          of(InputVariable.class, "params", 1, (on, with) -> on.params(text(with, 0))),
          of(
              UtilVariable.class,
              "escapeJavaScript",
              1,
              (on, with) -> on.escapeJavaScript(text(with, 0))),
          of(UtilVariable.class, "parseJson", 1, (on, with) -> on.parseJson(text(with, 0))),
          of(UtilVariable.class, "urlEncode", 1, (on, with) -> on.urlEncode(text(with, 0))),
          of(UtilVariable.class, "urlDecode", 1, (on, with) -> on.urlDecode(text(with, 0))),
          of(UtilVariable.class, "base64Encode", 1, (on, with) -> on.base64Encode(text(with, 0))),
          of(UtilVariable.class, "base64Decode", 1, (on, with) -> on.base64Decode(text(with, 0))),
          of(String.class, "length", 0, (on, with) -> on.length()),
          of(String.class, "isEmpty", 0, (on, with) -> on.isEmpty()),
          of(String.class, "trim", 0, (on, with) -> on.trim()),
          of(String.class, "toLowerCase", 0, (on, with) -> on.toLowerCase(Locale.ROOT)),
          of(String.class, "toUpperCase", 0, (on, with) -> on.toUpperCase(Locale.ROOT)),
          of(String.class, "contains", 1, (on, with) -> on.contains(text(with, 0))),
          of(String.class, "startsWith", 1, (on, with) -> on.startsWith(text(with, 0))),
          of(String.class, "endsWith", 1, (on, with) -> on.endsWith(text(with, 0))),
          of(String.class, "indexOf", 1, (on, with) -> on.indexOf(text(with, 0))),
          of(String.class, "lastIndexOf", 1, (on, with) -> on.lastIndexOf(text(with, 0))),
          of(String.class, "matches", 1, (on, with) -> on.matches(text(with, 0))),
          of(String.class, "equalsIgnoreCase", 1, (on, with) -> on.equalsIgnoreCase(text(with, 0))),
          of(String.class, "concat", 1, (on, with) -> on.concat(text(with, 0))),
          of(String.class, "charAt", 1, (on, with) -> String.valueOf(on.charAt(number(with, 0)))),
          of(String.class, "substring", 1, (on, with) -> on.substring(number(with, 0))),
          of(
              String.class,
              "substring",
              2,
              (on, with) -> on.substring(number(with, 0), number(with, 1))),
          of(String.class, "split", 1, (on, with) -> Arrays.asList(on.split(text(with, 0), 0))),
          of(String.class, "replace", 2, (on, with) -> on.replace(text(with, 0), text(with, 1))),
          of(
              String.class,
              "replaceAll",
              2,
              (on, with) -> on.replaceAll(text(with, 0), text(with, 1))),
          of(
              String.class,
              "replaceFirst",
              2,
              (on, with) -> on.replaceFirst(text(with, 0), text(with, 1))),
          of(Map.class, "get", 1, (on, with) -> on.get(with[0])),
          of(Map.class, "getOrDefault", 2, (on, with) -> values(on).getOrDefault(with[0], with[1])),
          of(Map.class, "containsKey", 1, (on, with) -> on.containsKey(with[0])),
          of(Map.class, "containsValue", 1, (on, with) -> on.containsValue(with[0])),
          of(Map.class, "keySet", 0, (on, with) -> on.keySet()),
          of(Map.class, "values", 0, (on, with) -> on.values()),
          of(Map.class, "entrySet", 0, (on, with) -> on.entrySet()),
          of(Map.class, "size", 0, (on, with) -> on.size()),
          of(Map.class, "isEmpty", 0, (on, with) -> on.isEmpty()),
          of(Map.class, "put", 2, (on, with) -> values(on).put(with[0], with[1])),
          of(Map.class, "remove", 1, (on, with) -> on.remove(with[0])),
          of(Map.Entry.class, "getKey", 0, (on, with) -> on.getKey()),
          of(Map.Entry.class, "getValue", 0, (on, with) -> on.getValue()),
          of(List.class, "get", 1, (on, with) -> on.get(number(with, 0))),
          of(List.class, "indexOf", 1, (on, with) -> on.indexOf(with[0])),
          of(Collection.class, "size", 0, (on, with) -> on.size()),
          of(Collection.class, "isEmpty", 0, (on, with) -> on.isEmpty()),
          of(Collection.class, "contains", 1, (on, with) -> on.contains(with[0])),
          of(Collection.class, "add", 1, (on, with) -> items(on).add(with[0])),
          of(Object.class, "toString", 0, (on, with) -> on.toString()),
          of(Object.class, "equals", 1, (on, with) -> on.equals(with[0])));

  /** The effect of a method. */
  @FunctionalInterface
  interface Body {
    Object call(Object on, Object[] with);
  }

  @FunctionalInterface
  private interface Typed<T> {
    Object call(T on, Object[] with);
  }

  private static <T> TemplateMethod of(Class<T> type, String name, int count, Typed<T> body) {
    return new TemplateMethod(type, name, count, (on, with) -> body.call(type.cast(on), with));
  }

  /**
   * The method of a value.
   *
   * @throws MappingException if there is none, with those that there are
   */
  static TemplateMethod find(Object on, String name, int arguments) {
    return ALL.stream()
        .filter(
            method ->
                method.type.isInstance(on)
                    && method.name.equals(name)
                    && method.arguments == arguments)
        .findFirst()
        .orElseThrow(
            () ->
                new MappingException(
                    "%s has no method %s of %d arguments; it has %s"
                        .formatted(described(on), name, arguments, describedMethods(on))));
  }

  /** Calls it. */
  Object call(Object on, Object[] with) {
    try {
      return body.call(on, with);
    } catch (IllegalArgumentException
        | ClassCastException
        | IndexOutOfBoundsException
        | NullPointerException
        | UnsupportedOperationException wrong) {
      throw new MappingException(name + ": " + wrong.getMessage(), wrong);
    }
  }

  /** A value, as a message names it. */
  static String described(Object value) {
    if (value instanceof InputVariable) {
      return "$input";
    }
    if (value instanceof UtilVariable) {
      return "$util";
    }
    if (value instanceof Map) {
      return "a map";
    }
    return value instanceof Collection ? "a list" : "a " + value.getClass().getSimpleName();
  }

  /** The methods of a value, as a message lists them. */
  static String describedMethods(Object value) {
    return ALL.stream()
        .filter(method -> method.type.isInstance(value))
        .map(method -> method.name + "(" + method.arguments + ")")
        .distinct()
        .collect(Collectors.joining(", "));
  }

  private static String text(Object[] with, int index) {
    return String.valueOf(with[index]);
  }

  private static int number(Object[] with, int index) {
    return ((Number) with[index]).intValue();
  }

  @SuppressWarnings("unchecked") // What a template puts in, it alone takes out.
  private static Map<Object, Object> values(Map<?, ?> map) {
    return (Map<Object, Object>) map;
  }

  @SuppressWarnings("unchecked") // What a template puts in, it alone takes out.
  private static Collection<Object> items(Collection<?> collection) {
    return (Collection<Object>) collection;
  }
}
