package dev.fanbench.emulator.template;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A template looked at as CloudFormation looks at it before it creates anything, without asking
 * AWS.
 */
final class Stack {
  private static final Map<String, ResourceType> TYPES = ResourceType.all();
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z0-9.]+)}");

  /** The one action whose resource AWS does not let one narrow. */
  private static final String UNBOUND = "ecr:GetAuthorizationToken";

  private final Map<String, Object> template;
  private final Map<String, Object> resources;
  private final Set<String> problems = new TreeSet<>();

  private Stack(String yaml) {
    template = TemplateYaml.parse(yaml);
    resources = section("Resources");
  }

  /**
   * What is wrong with a template, in sentences; empty for one that can be created.
   *
   * @param given values of parameters that have no default
   */
  static List<String> problems(String yaml, Map<String, String> given) {
    Stack stack = new Stack(yaml);
    stack.resources.forEach(stack::checkResource);
    stack.checkAttributes();
    stack.checkStatements();
    stack.checkEveryParameterIsUsed();
    stack.choices(given).forEach(stack::checkReferences);
    return List.copyOf(stack.problems);
  }

  private Map<String, Object> section(String name) {
    return Tree.mapIn(template, name, "template");
  }

  private void checkResource(String name, Object node) {
    Map<String, Object> resource = Tree.map(node, name);
    String type = Tree.text(resource, "Type", name);
    ResourceType known = TYPES.get(type);
    if (known == null) {
      problems.add(name + " is a " + type + ", which resource-types.txt does not have");
      return;
    }
    Set<String> set = Tree.mapIn(resource, "Properties", name).keySet();
    known.required().stream()
        .filter(property -> !set.contains(property))
        .forEach(property -> problems.add(name + " has no " + property));
    set.stream()
        .filter(property -> !known.properties().contains(property))
        .forEach(property -> problems.add(name + " has " + property + ", unknown to " + type));
  }

  /** Every attribute that is asked for is one of the resource's type. */
  private void checkAttributes() {
    walk(
        template,
        (key, value) -> {
          if (key.equals("Fn::GetAtt") && value instanceof List<?> path) {
            checkAttribute(path.get(0).toString(), path.get(1).toString());
          } else if (key.equals("Fn::Sub")) {
            Matcher placeholder = PLACEHOLDER.matcher(value.toString());
            while (placeholder.find()) {
              String[] path = placeholder.group(1).split("\\.", 2);
              if (path.length == 2) {
                checkAttribute(path[0], path[1]);
              }
            }
          }
        });
  }

  private void checkAttribute(String name, String attribute) {
    String type =
        Tree.text(Tree.mapIn(resources, name, "Resources"), "Type", "Resources." + name, "");
    if (TYPES.containsKey(type) && !TYPES.get(type).attributes().contains(attribute)) {
      problems.add(name + "." + attribute + " is no attribute of " + type);
    }
  }

  /** Nobody may do everything, and nothing may be done to everything. */
  private void checkStatements() {
    walk(
        template,
        (key, value) -> {
          if (key.equals("Statement")) {
            Tree.list(Map.of(key, value), key, key).forEach(this::checkStatement);
          }
        });
  }

  private void checkStatement(Object node) {
    Map<String, Object> statement = Tree.map(node, "Statement");
    if (statement.containsKey("Fn::If")) {
      Tree.list(statement, "Fn::If", "Statement").stream()
          .filter(choice -> choice instanceof Map<?, ?> map && map.containsKey("Action"))
          .forEach(this::checkStatement);
      return;
    }
    String action = String.valueOf(statement.get("Action"));
    if (action.contains("*")) {
      problems.add("a statement allows " + action);
    }
    if ("*".equals(statement.get("Resource")) && !action.equals(UNBOUND)) {
      problems.add("a statement allows " + action + " on everything");
    }
  }

  private void checkEveryParameterIsUsed() {
    Set<String> used = new TreeSet<>();
    walk(
        template,
        (key, value) -> {
          if (key.equals("Ref")) {
            used.add(value.toString());
          } else if (key.equals("Fn::Sub")) {
            Matcher placeholder = PLACEHOLDER.matcher(value.toString());
            while (placeholder.find()) {
              used.add(placeholder.group(1));
            }
          }
        });
    section("Parameters").keySet().stream()
        .filter(name -> !used.contains(name))
        .forEach(name -> problems.add("parameter " + name + " is not used"));
  }

  /** Every combination of allowed values, for the parameters that conditions ask for. */
  private List<Map<String, String>> choices(Map<String, String> given) {
    Set<String> asked = new TreeSet<>();
    walk(
        section("Conditions"),
        (key, value) -> {
          if (key.equals("Ref")) {
            asked.add(value.toString());
          }
        });
    List<Map<String, String>> choices = List.of(given);
    for (String name : asked) {
      Map<String, Object> declared = Tree.mapIn(section("Parameters"), name, "Parameters");
      List<Map<String, String>> more = new ArrayList<>();
      for (Object value : Tree.list(declared, "AllowedValues", name)) {
        for (Map<String, String> choice : choices) {
          Map<String, String> one = new HashMap<>(choice);
          one.put(name, value.toString());
          more.add(one);
        }
      }
      choices = more;
    }
    return choices;
  }

  /** What this choice leaves of the template refers only to what it leaves of it. */
  private void checkReferences(Map<String, String> choice) {
    Map<String, Object> values = Parameters.values(section("Parameters"), choice);
    Conditions conditions =
        new Conditions(section("Conditions"), references(values, Set.of(), name -> false));
    Map<String, Map<String, Object>> left = new LinkedHashMap<>();
    resources.forEach(
        (name, node) -> {
          Map<String, Object> resource = Tree.map(node, name);
          Object condition = resource.get("Condition");
          if (condition == null || conditions.holds(condition.toString())) {
            left.put(name, resource);
          }
        });
    References references = references(values, left.keySet(), conditions::holds);
    left.forEach(
        (name, resource) -> {
          resolve(references, resource.getOrDefault("Properties", Map.of()), name);
          dependencies(resource).stream()
              .filter(other -> !left.containsKey(other))
              .forEach(
                  other -> problems.add(name + " depends on " + other + ", which is not there"));
        });
    resolve(references, template.getOrDefault("Globals", Map.of()), "Globals");
    resolve(references, template.getOrDefault("Outputs", Map.of()), "Outputs");
  }

  private References references(
      Map<String, Object> values, Set<String> names, Predicate<String> conditions) {
    return new References(values, names, conditions, section("Mappings"), "us-east-1");
  }

  private void resolve(References references, Object node, String where) {
    try {
      references.resolve(node, where);
    } catch (TemplateException dangling) {
      problems.add(dangling.getMessage());
    }
  }

  private static List<String> dependencies(Map<String, Object> resource) {
    Object value = resource.getOrDefault("DependsOn", List.of());
    return value instanceof List<?> list
        ? list.stream().map(Object::toString).toList()
        : List.of(value.toString());
  }

  private static void walk(Object node, BiConsumer<String, Object> visitor) {
    if (node instanceof Map<?, ?> map) {
      map.forEach(
          (key, value) -> {
            visitor.accept(key.toString(), value);
            walk(value, visitor);
          });
    } else if (node instanceof List<?> list) {
      list.forEach(each -> walk(each, visitor));
    }
  }
}
