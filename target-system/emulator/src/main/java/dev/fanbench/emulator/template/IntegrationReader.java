package dev.fanbench.emulator.template;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/** Reads one {@code AWS::ApiGatewayV2::Integration}. */
final class IntegrationReader {
  private static final Pattern PARAMETER =
      Pattern.compile("integration\\.request\\.(?:header|querystring)\\.[\\w-]+");
  private static final Pattern PARAMETER_SOURCE =
      Pattern.compile(
          "'.*'|(?:context|stageVariables|route\\.request\\.(?:header|querystring|body))(?:\\.[\\w-]+)+"
              + "|route\\.request\\.body");
  private static final String TEMPLATES = "RequestTemplates";
  private static final String SELECTION = "TemplateSelectionExpression";
  private static final String PARAMETERS = "RequestParameters";
  private static final String PASSTHROUGH = "PassthroughBehavior";
  private static final String CONTENT = "ContentHandlingStrategy";

  /** With it and the value {@code 'Event'}, an integration does not wait for its function. */
  private static final String INVOCATION = "integration.request.header.X-Amz-Invocation-Type";

  private static final Set<String> INVOCATION_TYPES = Set.of("'Event'", "'RequestResponse'");

  private static final Set<String> READ_BY_SOME =
      Set.of(TEMPLATES, SELECTION, PARAMETERS, PASSTHROUGH, CONTENT);

  /** Those of the above that an integration's type reads, in the order of messages. */
  private static final Map<String, List<String>> READ_BY_TYPE =
      Map.of(
          "AWS_PROXY", List.of(CONTENT + " CONVERT_TO_TEXT"),
          "AWS",
              List.of(TEMPLATES, SELECTION, PASSTHROUGH, CONTENT, PARAMETERS + " of " + INVOCATION),
          "HTTP_PROXY", List.of(PARAMETERS, CONTENT),
          "HTTP", List.of(PARAMETERS, TEMPLATES, SELECTION, PASSTHROUGH, CONTENT),
          "MOCK", List.of(TEMPLATES, SELECTION, PASSTHROUGH, CONTENT));

  /** Properties that AWS fills in for integrations that do not use them. */
  private static final Set<String> HARMLESS =
      Set.of(PASSTHROUGH + "=WHEN_NO_MATCH", CONTENT + "=CONVERT_TO_TEXT");

  private static final int DEFAULT_MILLIS = 29_000;
  private static final int LEAST_MILLIS = 50;

  private final String route;
  private final String name;
  private final Map<String, Object> properties;
  private final Optional<Map<String, Object>> response;
  private final FunctionDirectory functions;

  /**
   * @param route the key of the route that it is read for
   * @param name its logical name
   * @param response the properties of its integration response
   * @param functions finds each function of the template
   */
  IntegrationReader(
      String route,
      String name,
      Map<String, Object> properties,
      Optional<Map<String, Object>> response,
      FunctionDirectory functions) {
    this.route = route;
    this.name = name;
    this.properties = properties;
    this.response = response;
    this.functions = functions;
  }

  Integration read() {
    String type = TemplateNode.text(properties, "IntegrationType", name);
    if (!READ_BY_TYPE.containsKey(type)) {
      throw new TemplateException(
          "%s.IntegrationType is %s, but the emulator has AWS_PROXY, AWS, HTTP_PROXY, HTTP and MOCK"
              .formatted(name, type));
    }
    requireRead(type);
    return switch (type) {
      case "AWS_PROXY" -> new Integration.LambdaProxy(function(), timeout());
      case "AWS" -> service();
      case "HTTP_PROXY" -> new Integration.HttpProxy(endpoint(), content(properties), timeout());
      case "HTTP" -> new Integration.Http(endpoint(), request(), response(), timeout());
      default -> new Integration.Mock(request(), response(), timeout());
    };
  }

  /** Refuses properties that this type of integration would not read. */
  private void requireRead(String type) {
    for (String property : properties.keySet()) {
      boolean read = READ_BY_TYPE.get(type).contains(property) || !READ_BY_SOME.contains(property);
      boolean harmless =
          HARMLESS.contains(property + "=" + properties.get(property)) || isEmptyMap(property);
      read |= type.equals("AWS") && property.equals(PARAMETERS) && choosesInvocation();
      if (!read && !harmless) {
        throw new TemplateException(
            "%s.%s is not supported with IntegrationType %s; it takes %s"
                .formatted(name, property, type, String.join(", ", READ_BY_TYPE.get(type))));
      }
    }
    if (type.endsWith("_PROXY") && response.isPresent()) {
      throw new TemplateException(
          "%s has an integration response, which IntegrationType %s does not take"
              .formatted(name, type));
    }
  }

  private boolean isEmptyMap(String property) {
    return properties.get(property) instanceof Map<?, ?> map && map.isEmpty();
  }

  private boolean choosesInvocation() {
    Map<String, String> parameters = TemplateNode.texts(properties, PARAMETERS, name);
    return parameters.keySet().equals(Set.of(INVOCATION))
        && INVOCATION_TYPES.containsAll(parameters.values());
  }

  private boolean isAsynchronous() {
    return TemplateNode.texts(properties, PARAMETERS, name).containsValue("'Event'");
  }

  /** A call of DynamoDB, or of a function. */
  private Integration service() {
    Optional<ServiceUri> called = serviceUri();
    if (called.isPresent() && called.get().isDynamoDb()) {
      if (isAsynchronous()) {
        throw new TemplateException(
            "%s.RequestParameters chooses an invocation type, which DynamoDB does not have"
                .formatted(name));
      }
      return new Integration.DynamoDb(
          called.get().itemAction(where()), request(), response(), timeout());
    }
    return new Integration.Lambda(function(), isAsynchronous(), request(), response(), timeout());
  }

  private String function() {
    Optional<ServiceUri> other = serviceUri().filter(called -> !called.isLambda());
    if (other.isPresent()) {
      throw other.get().refusal(where());
    }
    return FunctionUri.in(properties, "IntegrationUri", name, functions);
  }

  private Optional<ServiceUri> serviceUri() {
    return ServiceUri.in(TemplateNode.text(properties, "IntegrationUri", name));
  }

  private String where() {
    return "route %s, by %s.IntegrationUri,".formatted(route, name);
  }

  private Duration timeout() {
    int millis = TemplateNode.number(properties, "TimeoutInMillis", name, DEFAULT_MILLIS);
    if (millis < LEAST_MILLIS || millis > DEFAULT_MILLIS) {
      throw new TemplateException(
          "%s.TimeoutInMillis is %d; allowed: %d to %d"
              .formatted(name, millis, LEAST_MILLIS, DEFAULT_MILLIS));
    }
    return Duration.ofMillis(millis);
  }

  private HttpEndpoint endpoint() {
    String uri = TemplateNode.text(properties, "IntegrationUri", name);
    if (!uri.matches("https?://[^/].*")) {
      throw new TemplateException(name + ".IntegrationUri is no http address: " + uri);
    }
    Map<String, String> parameters = TemplateNode.texts(properties, PARAMETERS, name);
    parameters.forEach(this::checkParameter);
    return new HttpEndpoint(
        TemplateNode.text(properties, "IntegrationMethod", name, "POST"), uri(uri), parameters);
  }

  private URI uri(String text) {
    try {
      return URI.create(text);
    } catch (IllegalArgumentException broken) {
      throw new TemplateException(name + ".IntegrationUri is no http address: " + text);
    }
  }

  private void checkParameter(String destination, String source) {
    if (!PARAMETER.matcher(destination).matches()) {
      throw new TemplateException(
          "%s.RequestParameters sets %s, but can set integration.request.header.<name> and .querystring.<name>"
              .formatted(name, destination));
    }
    if (!PARAMETER_SOURCE.matcher(source).matches()) {
      throw new TemplateException(
          "%s.RequestParameters takes %s from %s, which is no context, stageVariables, route.request or 'text'"
              .formatted(name, destination, source));
    }
  }

  private BodyMapping request() {
    return mapping(properties, TEMPLATES, name);
  }

  private BodyMapping response() {
    return mapping(response.orElse(Map.of()), "ResponseTemplates", "the response of " + name);
  }

  private BodyMapping mapping(Map<String, Object> from, String templates, String where) {
    Map<String, String> texts = TemplateNode.texts(from, templates, where);
    if (!texts.isEmpty() && !from.containsKey(SELECTION)) {
      throw new TemplateException(
          "%s has %s, but no %s to choose one by; \\$default chooses the one of that name"
              .formatted(where, templates, SELECTION));
    }
    return new BodyMapping(
        texts,
        TemplateNode.text(from, SELECTION, where, "\\$default"),
        choice(from, PASSTHROUGH, PassthroughBehavior.class, PassthroughBehavior.WHEN_NO_MATCH),
        content(from));
  }

  private ContentHandling content(Map<String, Object> from) {
    return choice(from, CONTENT, ContentHandling.class, ContentHandling.PASSTHROUGH);
  }

  private <E extends Enum<E>> E choice(
      Map<String, Object> from, String key, Class<E> type, E otherwise) {
    String value = TemplateNode.text(from, key, name, otherwise.name());
    return Arrays.stream(type.getEnumConstants())
        .filter(constant -> constant.name().equals(value))
        .findFirst()
        .orElseThrow(
            () ->
                new TemplateException(
                    "%s.%s is %s; allowed: %s"
                        .formatted(name, key, value, Arrays.toString(type.getEnumConstants()))));
  }
}
