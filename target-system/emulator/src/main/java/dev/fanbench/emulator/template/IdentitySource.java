package dev.fanbench.emulator.template;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A part of a request that an authorizer decides by.
 *
 * @param inHeader whether it is a header; otherwise it is a parameter of the query
 * @param name of the header or the parameter
 */
public record IdentitySource(boolean inHeader, String name) {
  private static final Pattern EXPRESSION =
      Pattern.compile("route\\.request\\.(header|querystring)\\.([\\w.-]+)");

  /** Reads an expression such as {@code route.request.header.Authorization}. */
  static IdentitySource parse(String expression, String where) {
    Matcher matcher = EXPRESSION.matcher(expression);
    if (!matcher.matches()) {
      throw new TemplateException(
          "%s.IdentitySource is %s, but the emulator has route.request.header.NAME and route.request.querystring.NAME"
              .formatted(where, expression));
    }
    return new IdentitySource(matcher.group(1).equals("header"), matcher.group(2));
  }
}
