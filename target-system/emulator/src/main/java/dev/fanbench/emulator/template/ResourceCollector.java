package dev.fanbench.emulator.template;

import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Collects resources under names that are made of other names. Such names lose symbols, so two
 * different origins may get one name.
 */
final class ResourceCollector {
  private final Map<String, Object> resources = new LinkedHashMap<>();
  private final Map<String, String> origins = new HashMap<>();

  /**
   * Adds a resource. One of the same origin is replaced.
   *
   * @param origin the part of the template that the resource is made of, such as {@code
   *     Chat.Routes.send}
   * @throws TemplateException naming both origins if another one has the name
   */
  void put(String name, String origin, Object resource) {
    String other = origins.putIfAbsent(name, origin);
    if (other != null && !other.equals(origin)) {
      throw new TemplateException(
          "%s and %s both become the resource %s; rename one of them"
              .formatted(other, origin, name));
    }
    resources.put(name, resource);
  }

  /** Whether a resource of that name and origin is there. */
  boolean has(String name, String origin) {
    return origin.equals(origins.get(name));
  }

  /** All resources so far by their names, in the order of their addition. */
  Map<String, Object> all() {
    return Collections.unmodifiableMap(resources);
  }
}
