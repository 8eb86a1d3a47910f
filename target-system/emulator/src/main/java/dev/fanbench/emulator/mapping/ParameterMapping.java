package dev.fanbench.emulator.mapping;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * {@code RequestParameters}: what an integration's request carries besides its body. Thread-safe.
 */
public final class ParameterMapping {
  private static final String HEADER = "integration.request.header.";
  private static final String QUERY = "integration.request.querystring.";

  private final Map<String, String> sources;
  private final Map<String, String> stageVariables;

  ParameterMapping(Map<String, String> sources, Map<String, String> stageVariables) {
    this.sources = sources;
    this.stageVariables = stageVariables;
  }

  /** The headers of one request; a source that has nothing sets no header. */
  public Map<String, String> headers(RouteRequest request) {
    return values(HEADER, request);
  }

  /** The query parameters of one request, not yet encoded. */
  public Map<String, String> query(RouteRequest request) {
    return values(QUERY, request);
  }

  /** Whether a header, in any case, comes from here and from nowhere else. */
  public boolean setsHeader(String name) {
    return sources.keySet().stream().anyMatch((HEADER + name)::equalsIgnoreCase);
  }

  /** Whether a query parameter comes from here and from nowhere else. */
  public boolean setsQuery(String name) {
    return sources.containsKey(QUERY + name);
  }

  private Map<String, String> values(String destination, RouteRequest request) {
    Map<String, String> values = new LinkedHashMap<>();
    sources.forEach(
        (to, from) -> {
          Object value = to.startsWith(destination) ? value(from, request) : null;
          if (value != null) {
            values.put(to.substring(destination.length()), value.toString());
          }
        });
    return values;
  }

  private Object value(String source, RouteRequest request) {
    if (source.startsWith("'")) {
      return source.substring(1, source.length() - 1);
    }
    if (source.equals("route.request.body")) {
      return request.body();
    }
    String name = source.substring(source.lastIndexOf('.') + 1);
    if (source.startsWith("stageVariables.")) {
      return stageVariables.get(name);
    }
    if (source.startsWith("route.request.header.")) {
      return request.header(name);
    }
    if (source.startsWith("route.request.querystring.")) {
      return request.query(name);
    }
    if (source.startsWith("route.request.body.")) {
      return new InputVariable(request.body())
          .path("$" + source.substring("route.request.body".length()));
    }
    return JsonPath.find(request.context(), "$" + source.substring("context".length()));
  }
}
