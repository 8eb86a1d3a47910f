package dev.fanbench.emulator.template;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/**
 * CloudFormation's own schema of the types of resources that our templates use, from {@code
 * cloudformation.json}, which says where that comes from and is written by {@code
 * src/test/schema/extract.mjs}.
 */
final class ResourceSchema {
  private static final String FILE = "cloudformation.json";

  private final Map<String, Object> resources;
  private final Map<String, Object> types;

  private ResourceSchema(Map<String, Object> root) {
    this.resources = TemplateNode.mapIn(root, "resources", FILE);
    this.types = TemplateNode.mapIn(root, "types", FILE);
  }

  static ResourceSchema load() {
    try (InputStream in = ResourceSchema.class.getResourceAsStream(FILE)) {
      String json = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      // JSON is YAML.
      Object root = new Yaml(new SafeConstructor(new LoaderOptions())).load(json);
      return new ResourceSchema(TemplateNode.map(root, FILE));
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  boolean has(String type) {
    return resources.containsKey(type);
  }

  /** All types, in their order. */
  List<String> types() {
    return resources.keySet().stream().sorted().toList();
  }

  /** The names of a type's properties, in their order. */
  List<String> properties(String type) {
    return TemplateNode.mapIn(TemplateNode.mapIn(resources, type, FILE), "properties", type)
        .keySet()
        .stream()
        .map(name -> name.replace("!", ""))
        .sorted()
        .toList();
  }

  /** Whether {@code Fn::GetAtt} gives that attribute of a resource. */
  boolean hasAttribute(String type, String attribute) {
    return TemplateNode.list(TemplateNode.mapIn(resources, type, FILE), "attributes", type)
        .contains(attribute);
  }

  /**
   * The problems of a resource, in sentences.
   *
   * @param name its logical name
   * @param properties with every reference resolved
   */
  List<String> problems(String name, String type, Map<String, Object> properties) {
    Map<String, Object> declared =
        TemplateNode.mapIn(TemplateNode.mapIn(resources, type, FILE), "properties", type);
    List<String> problems = new ArrayList<>();
    checkProperties(properties, declared, name, type, problems);
    return problems;
  }

  private void checkProperties(
      Map<String, Object> given,
      Map<String, Object> declared,
      String where,
      String type,
      List<String> problems) {
    Map<String, Object> byName = new LinkedHashMap<>();
    declared.forEach((name, value) -> byName.put(name.replace("!", ""), value));
    declared.keySet().stream()
        .filter(name -> name.endsWith("!") && !given.containsKey(name.replace("!", "")))
        .forEach(name -> problems.add(where + " has no " + name.replace("!", "")));
    given.forEach(
        (name, value) -> {
          if (byName.containsKey(name)) {
            check(value, byName.get(name), where + "." + name, problems);
          } else {
            problems.add("%s has %s, unknown to %s".formatted(where, name, type));
          }
        });
  }

  private void check(Object value, Object type, String where, List<String> problems) {
    if (type instanceof Map<?, ?> composed) {
      Map.Entry<?, ?> only = composed.entrySet().iterator().next();
      checkComposed(value, only.getKey().toString(), only.getValue(), where, problems);
    } else if (!types.containsKey(type.toString())) {
      require(isPrimitive(value, type.toString()), value, where, type.toString(), problems);
    } else if (value instanceof Map<?, ?>) {
      checkProperties(
          TemplateNode.map(value, where),
          TemplateNode.mapIn(types, type.toString(), FILE),
          where,
          type.toString(),
          problems);
    } else {
      require(false, value, where, "a map", problems);
    }
  }

  private void checkComposed(
      Object value, String kind, Object of, String where, List<String> problems) {
    switch (kind) {
      case "enum" -> {
        Set<String> allowed =
            ((List<?>) of).stream().map(Object::toString).collect(Collectors.toSet());
        require(allowed.contains(value.toString()), value, where, "one of " + of, problems);
      }
      case "list" -> {
        require(value instanceof List<?>, value, where, "a list", problems);
        if (value instanceof List<?> list) {
          list.forEach(each -> check(each, of, where, problems));
        }
      }
      case "map" -> {
        require(value instanceof Map<?, ?>, value, where, "a map", problems);
        if (value instanceof Map<?, ?> map) {
          map.forEach((key, each) -> check(each, of, where + "." + key, problems));
        }
      }
      case "oneOf" ->
          require(
              ((List<?>) of).stream().anyMatch(each -> fits(value, each)),
              value,
              where,
              "one of " + of,
              problems);
      default -> throw new IllegalStateException(FILE + " has a type of the kind " + kind);
    }
  }

  private boolean fits(Object value, Object type) {
    List<String> problems = new ArrayList<>();
    check(value, type, "", problems);
    return problems.isEmpty();
  }

  /** CloudFormation takes a number for a text, and a text that is a number for a number. */
  private static boolean isPrimitive(Object value, String type) {
    boolean scalar = !(value instanceof Map<?, ?>) && !(value instanceof List<?>);
    String text = String.valueOf(value);
    return switch (type) {
      case "string", "date-time" -> scalar;
      case "integer" -> scalar && text.matches("-?\\d+");
      case "number" -> scalar && text.matches("-?\\d+(\\.\\d+)?");
      case "boolean" -> scalar && text.matches("true|false");
      case "json" -> true;
      case "tag" -> value instanceof Map<?, ?> map && map.keySet().equals(Set.of("Key", "Value"));
      default -> throw new IllegalStateException(FILE + " has a type " + type);
    };
  }

  private static void require(
      boolean holds, Object value, String where, String wanted, List<String> problems) {
    if (!holds) {
      problems.add("%s is %s, but must be %s".formatted(where, value, wanted));
    }
  }
}
