package dev.fanbench.emulator.template;

import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The URI with which integrations and authorizers name their function. */
final class FunctionUri {
  private static final Pattern PATTERN =
      Pattern.compile(".*:function:([A-Za-z0-9]+)(?::[^:/]+)?/invocations");

  private FunctionUri() {}

  /**
   * The function that a property names.
   *
   * @param functions the logical names of all functions
   * @throws TemplateException if it names none of them
   */
  static String in(
      Map<String, Object> properties, String key, String where, Set<String> functions) {
    String uri = TemplateNode.text(properties, key, where);
    Matcher function = PATTERN.matcher(uri);
    if (!function.matches() || !functions.contains(function.group(1))) {
      throw new TemplateException("%s.%s names no function: %s".formatted(where, key, uri));
    }
    return function.group(1);
  }
}
