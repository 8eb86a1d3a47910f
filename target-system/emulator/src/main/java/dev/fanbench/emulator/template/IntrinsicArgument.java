package dev.fanbench.emulator.template;

import java.util.List;
import java.util.Map;

/** Takes the arguments of intrinsic functions apart, and refuses those of a wrong shape. */
final class IntrinsicArgument {
  private static final int KEYS_OF_MAPPING = 3;

  private IntrinsicArgument() {}

  /** Whether a value is one text or number. */
  static boolean isText(Object value) {
    return value != null && !(value instanceof List) && !(value instanceof Map);
  }

  /** The name that {@code Ref} takes. */
  static String name(Object value, String where) {
    if (!isText(value)) {
      throw new TemplateException(where + ": Ref takes a name");
    }
    return value.toString();
  }

  /**
   * The resource and the attribute that {@code Fn::GetAtt} takes; the latter may be a reference.
   */
  static List<?> path(Object value, String where) {
    List<?> path = value instanceof List<?> list ? list : List.of();
    if (isText(value)) {
      path = List.of(value.toString().split("\\.", 2));
    }
    if (path.size() < 2 || !isText(path.get(0))) {
      throw new TemplateException(where + ": Fn::GetAtt takes a resource and an attribute");
    }
    return path;
  }

  /** The names that {@code Fn::FindInMap} takes, references resolved. */
  static List<?> keys(Object value, String where) {
    if (value instanceof List<?> keys
        && keys.size() == KEYS_OF_MAPPING
        && keys.stream().allMatch(IntrinsicArgument::isText)) {
      return keys;
    }
    throw new TemplateException(
        where + ": Fn::FindInMap takes the names of a map, of a key and of one below that");
  }

  /** The text of {@code Fn::Sub}, its placeholders in it. */
  static String text(Object value, String where) {
    if (value instanceof List<?> parts && parts.size() == 2 && isText(parts.get(0))) {
      return parts.get(0).toString();
    }
    if (!isText(value)) {
      throw new TemplateException(
          where + ": Fn::Sub takes a text, or a list of a text and a map of variables");
    }
    return value.toString();
  }

  /** The variables of {@code Fn::Sub}, references unresolved. */
  static Map<String, Object> variables(Object value, String where) {
    return value instanceof List<?> parts && parts.size() == 2
        ? TemplateNode.map(parts.get(1), where + " (variables of Fn::Sub)")
        : Map.of();
  }
}
