package dev.fanbench.emulator.template;

import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The URI with which integrations and authorizers name their function. */
final class FunctionUri {
  private static final Pattern PATTERN = Pattern.compile(".*/functions/([^/]+)/invocations");

  private FunctionUri() {}

  /**
   * The logical name of the function that a property names.
   *
   * @param functions finds each function of the template
   * @throws TemplateException if it names none of them
   */
  static String in(
      Map<String, Object> properties, String key, String where, FunctionDirectory functions) {
    String uri = TemplateNode.text(properties, key, where);
    Matcher function = PATTERN.matcher(uri);
    Optional<String> found =
        function.matches() ? functions.find(function.group(1)) : Optional.empty();
    return found.orElseThrow(
        () -> new TemplateException("%s.%s names no function: %s".formatted(where, key, uri)));
  }
}
