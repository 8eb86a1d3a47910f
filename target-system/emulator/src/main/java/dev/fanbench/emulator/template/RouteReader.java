package dev.fanbench.emulator.template;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Reads the routes of an API, each with its integration. */
final class RouteReader {
  private static final String ROUTE = "AWS::ApiGatewayV2::Route";
  private static final String RESPONSE = "AWS::ApiGatewayV2::IntegrationResponse";

  private final Map<String, Map<String, Object>> resources;
  private final String stage;
  private final FunctionDirectory functions;

  /**
   * @param resources by logical name, references resolved
   * @param stage the logical name of the stage
   * @param functions finds each function of the template
   */
  RouteReader(
      Map<String, Map<String, Object>> resources, String stage, FunctionDirectory functions) {
    this.resources = resources;
    this.stage = stage;
    this.functions = functions;
  }

  /** The routes by their keys. */
  Map<String, EmulatorRoute> read() {
    named(RESPONSE)
        .forEach(
            response ->
                requireNamed(
                    named("AWS::ApiGatewayV2::Integration"),
                    TemplateNode.text(properties(response), "IntegrationId", response),
                    response + ".IntegrationId"));
    Set<String> twoWay = twoWay();
    Map<String, EmulatorRoute> routes = new LinkedHashMap<>();
    for (String name : named(ROUTE)) {
      String key = TemplateNode.text(properties(name), "RouteKey", name);
      if (routes.put(key, route(name, key, twoWay.contains(name))) != null) {
        throw new TemplateException("%s.RouteKey is %s, as of another route".formatted(name, key));
      }
    }
    requireSettingsOfRoutes(routes.keySet());
    return routes;
  }

  private Set<String> twoWay() {
    Set<String> twoWay = new HashSet<>();
    for (String response : named("AWS::ApiGatewayV2::RouteResponse")) {
      String route = TemplateNode.text(properties(response), "RouteId", response);
      requireNamed(named(ROUTE), route, response + ".RouteId");
      twoWay.add(route);
    }
    return twoWay;
  }

  private EmulatorRoute route(String name, String key, boolean twoWay) {
    String target = TemplateNode.text(properties(name), "Target", name);
    String integration = target.replaceFirst("^integrations/", "");
    if (!named("AWS::ApiGatewayV2::Integration").contains(integration)) {
      throw new TemplateException(name + ".Target names no integration: " + target);
    }
    Integration read =
        new IntegrationReader(
                key, integration, properties(integration), responseOf(integration), functions)
            .read();
    return new EmulatorRoute(key, read, twoWay, throttle(key));
  }

  private Optional<Map<String, Object>> responseOf(String integration) {
    return named(RESPONSE).stream()
        .map(this::properties)
        .filter(response -> integration.equals(response.get("IntegrationId")))
        .findFirst();
  }

  /** The route's own throttle, or else the stage's. */
  private Optional<RouteThrottle> throttle(String key) {
    Map<String, Object> own = TemplateNode.mapIn(settings(), key, stage + ".RouteSettings");
    return RouteThrottle.read(own, stage + ".RouteSettings." + key)
        .or(
            () ->
                RouteThrottle.read(
                    TemplateNode.mapIn(properties(stage), "DefaultRouteSettings", stage),
                    stage + ".DefaultRouteSettings"));
  }

  private void requireSettingsOfRoutes(Set<String> keys) {
    for (String key : settings().keySet()) {
      if (!keys.contains(key)) {
        throw new TemplateException(
            "%s.RouteSettings has %s; the routes are %s"
                .formatted(stage, key, String.join(", ", keys)));
      }
    }
  }

  private Map<String, Object> settings() {
    return TemplateNode.mapIn(properties(stage), "RouteSettings", stage);
  }

  private static void requireNamed(List<String> names, String name, String where) {
    if (!names.contains(name)) {
      throw new TemplateException(
          "%s is %s; allowed: %s".formatted(where, name, String.join(", ", names)));
    }
  }

  private Map<String, Object> properties(String name) {
    return TemplateNode.mapIn(resources.get(name), "Properties", name);
  }

  private List<String> named(String type) {
    return TemplateReader.named(resources, type);
  }
}
