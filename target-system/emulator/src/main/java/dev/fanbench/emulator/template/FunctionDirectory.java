package dev.fanbench.emulator.template;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds functions by the names that Lambda's API takes: a physical name, an ARN or a part of one,
 * each with or without a version or an alias. The logical name of a template works too. Immutable.
 */
public final class FunctionDirectory {
  /** Region and account of an ARN may be others: a template often names those of a deployment. */
  private static final Pattern NAME =
      Pattern.compile(
          "(?:(?:arn:[\\w-]+:lambda:)?(?:[a-z]{2}(?:-[a-z]+)+-\\d:)?(?:\\d{12}:)?function:"
              + "|\\d{12}:)?([\\w.-]+)(?::(?:\\$LATEST|[\\w-]+))?");

  /** Logical names by physical ones. */
  private final Map<String, String> logical = new HashMap<>();

  /**
   * @param physical names by logical ones
   * @throws TemplateException naming two functions of one physical name
   */
  FunctionDirectory(Map<String, String> physical) {
    physical.forEach(
        (name, own) -> {
          String other = logical.put(own, name);
          if (other != null) {
            throw new TemplateException(
                "%s.FunctionName is %s, as of %s".formatted(name, own, other));
          }
        });
    physical.keySet().forEach(name -> logical.putIfAbsent(name, name));
  }

  /** The directory of some functions. */
  public static FunctionDirectory of(Collection<FunctionDefinition> functions) {
    Map<String, String> names = new LinkedHashMap<>();
    functions.forEach(function -> names.put(function.name(), function.arn().name()));
    return new FunctionDirectory(names);
  }

  /** The logical name of the function that a caller names; empty if there is none. */
  public Optional<String> find(String given) {
    Matcher name = NAME.matcher(given);
    return name.matches() ? Optional.ofNullable(logical.get(name.group(1))) : Optional.empty();
  }
}
