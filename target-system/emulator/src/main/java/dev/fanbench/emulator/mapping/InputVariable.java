package dev.fanbench.emulator.mapping;

import dev.fanbench.emulator.json.JsonTree;
import java.io.IOException;

/** {@code $input}: the payload, whole or in parts. For one rendering, on one thread. */
final class InputVariable {
  private final String body;
  private Object tree;
  private boolean parsed;

  InputVariable(String body) {
    this.body = body;
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
