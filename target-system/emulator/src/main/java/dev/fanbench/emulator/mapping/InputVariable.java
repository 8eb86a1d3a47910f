package dev.fanbench.emulator.mapping;

import dev.fanbench.emulator.json.JsonTree;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;

/** {@code $input}: the payload, whole or in parts. For one rendering, on one thread. */
final class InputVariable {
  private final String body;
  private final RouteRequest request;
  private Object tree;
  private boolean parsed;

  /** Shows a payload alone. */
  InputVariable(String body) {
    this(body, new RouteRequest(Map.of()));
  }

  /**
   * @param request the request that parameters are of
   */
  InputVariable(String body, RouteRequest request) {
    this.body = body;
    this.request = request;
  }

  /** {@code $input.body}: the payload as it is. */
  String body() {
    return body;
  }

  /** {@code $input.json(path)}: a part of it as JSON, {@code ""} in quotes when it is not there. */
  String json(String path) {
    Object found = path(path);
    return found == null ? "\"\"" : JsonTree.write(found);
  }

  /** {@code $input.path(path)}: a part of it as a value. */
  Object path(String path) {
    return JsonPath.find(tree(), path);
  }

  /** {@code $input.params()}: the parameters of the request, below where they are. */
  Map<String, Map<String, Object>> params() {
    return request.parameters();
  }

  /** {@code $input.params(name)}: that of the path, of the query or of the headers, or empty. */
  Object params(String name) {
    return params().values().stream()
        .map(place -> place.get(name))
        .filter(Objects::nonNull)
        .findFirst()
        .orElse("");
  }

  private Object tree() {
    if (!parsed) {
      try {
        tree = body.isBlank() ? null : JsonTree.read(body);
      } catch (IOException broken) {
        throw new MappingException("the payload is no JSON", broken);
      }
      parsed = true;
    }
    return tree;
  }
}
