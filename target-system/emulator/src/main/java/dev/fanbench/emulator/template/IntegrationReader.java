package dev.fanbench.emulator.template;

import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
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
  private static final int DEFAULT_MILLIS = 29_000;
  private static final int LEAST_MILLIS = 50;

  private final String name;
  private final Map<String, Object> properties;
  private final Map<String, Object> response;
  private final Set<String> functions;

  /**
   * @param name its logical name
   * @param response the properties of its integration response, empty when it has none
   * @param functions the logical names of all functions
   */
  IntegrationReader(
      String name,
      Map<String, Object> properties,
      Map<String, Object> response,
      Set<String> functions) {
    this.name = name;
    this.properties = properties;
    this.response = response;
    this.functions = functions;
  }

  Integration read() {
    String type = Tree.text(properties, "IntegrationType", name);
    return switch (type) {
      case "AWS_PROXY" -> new Integration.LambdaProxy(function(), content(properties), timeout());
      case "AWS" -> new Integration.Lambda(function(), request(), response(), timeout());
      case "HTTP_PROXY" -> new Integration.HttpProxy(endpoint(), content(properties), timeout());
      case "HTTP" -> new Integration.Http(endpoint(), request(), response(), timeout());
      case "MOCK" -> new Integration.Mock(request(), response(), timeout());
      default ->
          throw new TemplateException(
              "%s.IntegrationType is %s, but the emulator has AWS_PROXY, AWS, HTTP_PROXY, HTTP and MOCK"
                  .formatted(name, type));
    };
  }

  private String function() {
    return FunctionUri.in(properties, "IntegrationUri", name, functions);
  }

  private Duration timeout() {
    int millis = Tree.number(properties, "TimeoutInMillis", name, DEFAULT_MILLIS);
    if (millis < LEAST_MILLIS || millis > DEFAULT_MILLIS) {
      throw new TemplateException(
          "%s.TimeoutInMillis is %d; allowed: %d to %d"
              .formatted(name, millis, LEAST_MILLIS, DEFAULT_MILLIS));
    }
    return Duration.ofMillis(millis);
  }

  private HttpEndpoint endpoint() {
    String uri = Tree.text(properties, "IntegrationUri", name);
    if (!uri.matches("https?://[^/].*")) {
      throw new TemplateException(name + ".IntegrationUri is no http address: " + uri);
    }
    Map<String, String> parameters = Tree.texts(properties, "RequestParameters", name);
    parameters.forEach(this::checkParameter);
    return new HttpEndpoint(
        Tree.text(properties, "IntegrationMethod", name, "POST"), uri(uri), parameters);
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
    return mapping(properties, "RequestTemplates", name);
  }

  private BodyMapping response() {
    return mapping(response, "ResponseTemplates", "the response of " + name);
  }

  private BodyMapping mapping(Map<String, Object> from, String templates, String where) {
    return new BodyMapping(
        Tree.texts(from, templates, where),
        Tree.text(from, "TemplateSelectionExpression", where, "\\$default"),
        choice(
            from,
            "PassthroughBehavior",
            PassthroughBehavior.class,
            PassthroughBehavior.WHEN_NO_MATCH),
        content(from));
  }

  private ContentHandling content(Map<String, Object> from) {
    return choice(
        from, "ContentHandlingStrategy", ContentHandling.class, ContentHandling.PASSTHROUGH);
  }

  private <E extends Enum<E>> E choice(
      Map<String, Object> from, String key, Class<E> type, E otherwise) {
    String value = Tree.text(from, key, name, otherwise.name());
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
