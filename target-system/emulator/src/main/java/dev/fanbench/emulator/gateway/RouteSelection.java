package dev.fanbench.emulator.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.fanbench.emulator.template.Route;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Picks the route of a message: the selection expression's value if a route has exactly that key,
 * else {@code $default}. Thread-safe.
 *
 * <p>An expression is text with variables like <code>$request.body.action</code> or <code>
 * ${request.body.action}</code>; a variable that the message lacks is empty, and a message that is
 * no JSON goes to {@code $default}.
 */
final class RouteSelection {
  private static final Pattern VARIABLE =
      Pattern.compile("\\$(?:\\{request\\.body\\.([^}]+)}|request\\.body\\.([\\w.-]+))");
  private static final JsonFactory JSON = new JsonFactory();

  private final String expression;
  private final Map<String, Route> routes;
  private final boolean anyCustom;

  RouteSelection(String expression, Map<String, Route> routes) {
    this.expression = expression;
    this.routes = routes;
    this.anyCustom = routes.keySet().stream().anyMatch(key -> !key.startsWith("$"));
  }

  /** The route, or empty when neither the message's own nor {@code $default} exists. */
  Optional<Route> select(String message) {
    if (anyCustom) {
      Route own = routes.get(evaluate(message));
      if (own != null && !own.key().startsWith("$")) {
        return Optional.of(own);
      }
    }
    return Optional.ofNullable(routes.get("$default"));
  }

  private String evaluate(String message) {
    Map<String, String> scalars;
    try {
      scalars = scalars(message);
    } catch (IOException noJson) {
      return "";
    }
    return VARIABLE
        .matcher(expression)
        .replaceAll(
            variable -> {
              String path = variable.group(1) == null ? variable.group(2) : variable.group(1);
              return Matcher.quoteReplacement(scalars.getOrDefault(path, ""));
            });
  }

  /** Every number, text and truth value below the message's objects, by its dotted path. */
  private static Map<String, String> scalars(String message) throws IOException {
    Map<String, String> scalars = new HashMap<>();
    Deque<String> path = new ArrayDeque<>();
    try (JsonParser json = JSON.createParser(message)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return scalars;
      }
      for (JsonToken token = json.nextToken(); token != null; token = json.nextToken()) {
        switch (token) {
          case START_OBJECT -> path.addLast(json.currentName());
          case END_OBJECT -> path.pollLast();
          case START_ARRAY -> json.skipChildren();
          case FIELD_NAME, END_ARRAY, VALUE_NULL, NOT_AVAILABLE -> {
            // Nothing to note.
          }
          default -> {
            path.addLast(json.currentName());
            scalars.put(String.join(".", path), json.getText());
            path.pollLast();
          }
        }
      }
    }
    return scalars;
  }
}
