package dev.fanbench.emulator.template;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedSet;

/** The choice of one API of a template that may have several. */
final class ApiChoice {
  private static final String API = "AWS::ApiGatewayV2::Api";
  private static final String PROPERTIES = "Properties";
  private static final String API_ID = "ApiId";

  private final Map<String, Object> resources;
  private final ReferenceTable references;

  /**
   * @param resources by logical name, references unresolved
   * @param references resolves them
   */
  ApiChoice(Map<String, Object> resources, ReferenceTable references) {
    this.resources = resources;
    this.references = references;
  }

  /**
   * The resources without those of all other APIs.
   *
   * @param wanted the logical name of an API
   * @param unread gets the other APIs
   * @throws TemplateException if it is not clear which API is meant
   */
  Map<String, Object> only(Optional<String> wanted, SortedSet<String> unread) {
    List<String> all =
        resources.keySet().stream().filter(name -> API.equals(typeOf(name))).toList();
    List<String> sockets = all.stream().filter(this::isWebSocket).toList();
    String chosen = choose(sockets.isEmpty() ? all : sockets, wanted);
    List<String> others = all.stream().filter(name -> !name.equals(chosen)).toList();
    others.forEach(
        name ->
            unread.add(
                sockets.contains(name)
                    ? "ApiGatewayV2::Api %s (--api %1$s serves it)".formatted(name)
                    : "ApiGatewayV2::Api %s, which has no WebSockets".formatted(name)));
    Map<String, Object> kept = new LinkedHashMap<>(resources);
    kept.keySet().removeAll(others);
    kept.keySet().removeIf(name -> others.contains(apiOf(name)));
    return kept;
  }

  private static String choose(List<String> candidates, Optional<String> wanted) {
    String names = String.join(", ", candidates);
    if (candidates.isEmpty()) {
      throw new TemplateException(
          "the template has no API: no %s and no %s".formatted(API, SamExpander.API));
    }
    if (wanted.isPresent() && !candidates.contains(wanted.get())) {
      throw new ParameterException(
          "--api=%s is not allowed; --api takes %s".formatted(wanted.get(), names));
    }
    if (wanted.isEmpty() && candidates.size() > 1) {
      throw new ParameterException(
          "the template has several APIs; --api chooses one of %s".formatted(names));
    }
    return wanted.orElse(candidates.get(0));
  }

  private String typeOf(String name) {
    return String.valueOf(TemplateNode.map(resources.get(name), name).get("Type"));
  }

  private boolean isWebSocket(String name) {
    return "WEBSOCKET".equals(value(name, "ProtocolType"));
  }

  /** The API that a resource is a part of, empty if it names none. */
  private String apiOf(String name) {
    return typeOf(name).startsWith("AWS::ApiGatewayV2::") ? value(name, API_ID) : "";
  }

  private String value(String name, String property) {
    Map<String, Object> properties =
        TemplateNode.mapIn(TemplateNode.map(resources.get(name), name), PROPERTIES, name);
    return properties.containsKey(property)
        ? String.valueOf(references.resolve(properties.get(property), name + "." + property))
        : "";
  }
}
