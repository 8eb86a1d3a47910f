package dev.fanbench.emulator.template;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** The {@code Parameters} of a template, and what CloudFormation allows them to be. */
final class Parameters {
  /** Types of which a value is a list, given as one text with commas. */
  private static final Pattern LIST =
      Pattern.compile("CommaDelimitedList|List<.*>|.*<(List<.*>|CommaDelimitedList)>");

  private Parameters() {}

  /**
   * A value for each parameter.
   *
   * @param declared by name, as the template has them
   * @param given by name; the others have their defaults
   * @throws ParameterException naming a parameter that is unknown, missing or not allowed
   */
  static Map<String, Object> values(Map<String, Object> declared, Map<String, String> given) {
    for (String name : given.keySet()) {
      if (!declared.containsKey(name)) {
        throw new ParameterException("the template has no parameter " + name);
      }
    }
    Map<String, Object> values = new HashMap<>();
    declared.forEach(
        (name, declaration) ->
            values.put(name, value(name, TemplateNode.map(declaration, name), given.get(name))));
    return values;
  }

  private static Object value(String name, Map<String, Object> declaration, String given) {
    Object value = given == null ? declaration.get("Default") : given;
    if (value == null) {
      throw new ParameterException("parameter " + name + " needs a value");
    }
    if (LIST.matcher(String.valueOf(declaration.get("Type"))).matches()) {
      List<String> items = List.of(value.toString().strip().split("\\s*,\\s*"));
      items.forEach(item -> check(name, declaration, item));
      return items;
    }
    check(name, declaration, value);
    return value;
  }

  private static void check(String name, Map<String, Object> declaration, Object value) {
    if (declaration.get("AllowedValues") instanceof List<?> list) {
      List<String> allowed = list.stream().map(String::valueOf).toList();
      require(allowed.contains(value.toString()), name, value, String.join(", ", allowed));
    }
    if (declaration.get("AllowedPattern") instanceof String pattern) {
      require(matches(value, pattern, name), name, value, "what matches " + pattern);
    }
    if ("Number".equals(declaration.get("Type"))) {
      requireNumber(name, value, declaration);
    }
  }

  private static boolean matches(Object value, String pattern, String name) {
    try {
      return value.toString().matches(pattern);
    } catch (PatternSyntaxException broken) {
      throw new TemplateException(
          "%s.AllowedPattern is %s, which is no pattern".formatted(name, pattern));
    }
  }

  private static void requireNumber(String name, Object value, Map<String, Object> declaration) {
    double least = bound(declaration.get("MinValue"), Double.NEGATIVE_INFINITY);
    double most = bound(declaration.get("MaxValue"), Double.POSITIVE_INFINITY);
    double number = bound(value, Double.NaN);
    require(
        number >= least && number <= most,
        name,
        value,
        "numbers from %s to %s"
            .formatted(
                declaration.getOrDefault("MinValue", "any"),
                declaration.getOrDefault("MaxValue", "any")));
  }

  private static double bound(Object value, double otherwise) {
    try {
      return value == null ? otherwise : Double.parseDouble(value.toString());
    } catch (NumberFormatException broken) {
      return otherwise;
    }
  }

  private static void require(boolean holds, String name, Object value, String allowed) {
    if (!holds) {
      throw new ParameterException(
          "--parameter %s=%s is not allowed; %1$s takes %s".formatted(name, value, allowed));
    }
  }
}
