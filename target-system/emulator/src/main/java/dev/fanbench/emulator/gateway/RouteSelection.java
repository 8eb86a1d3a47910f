package dev.fanbench.emulator.gateway;

import dev.fanbench.emulator.mapping.SelectionExpression;
import dev.fanbench.emulator.template.EmulatorRoute;
import java.util.Map;
import java.util.Optional;

/**
 * Picks the route of a message: the selection expression's value if a route has exactly that key,
 * else {@code $default}. Thread-safe.
 */
final class RouteSelection {
  private final SelectionExpression expression;
  private final Map<String, EmulatorRoute> routes;
  private final boolean anyCustom;

  RouteSelection(String expression, Map<String, EmulatorRoute> routes) {
    this.expression = new SelectionExpression(expression);
    this.routes = routes;
    this.anyCustom = routes.keySet().stream().anyMatch(key -> !key.startsWith("$"));
  }

  /** The route, or empty when neither the message's own nor {@code $default} exists. */
  Optional<EmulatorRoute> select(String message) {
    if (anyCustom) {
      EmulatorRoute own = routes.get(expression.evaluate(message));
      if (own != null && !own.key().startsWith("$")) {
        return Optional.of(own);
      }
    }
    return Optional.ofNullable(routes.get("$default"));
  }
}
