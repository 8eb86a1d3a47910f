package dev.fanbench.emulator.template;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
  private static final ResourceSchema SCHEMA = ResourceSchema.load();
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{([A-Za-z0-9.]+)}");

  private static final Set<String> SECTIONS =
      Set.of(
          "AWSTemplateFormatVersion",
          "Conditions",
          "Description",
          "Mappings",
          "Metadata",
          "Outputs",
          "Parameters",
          "Resources",
          "Rules");

  private static final Set<String> RESOURCE_KEYS =
      Set.of(
          "Condition",
          "DeletionPolicy",
          "DependsOn",
          "Metadata",
          "Properties",
          "Type",
          "UpdateReplacePolicy");

  /** The one action whose resource AWS does not let one narrow. */
  private static final String UNBOUND = "ecr:GetAuthorizationToken";

  private final Set<String> problems = new TreeSet<>();
  private final Map<String, Object> template;
  private final Map<String, Object> resources;

  private Stack(String yaml) {
    template = SamTransform.apply(TemplateYaml.parse(yaml), problems::add);
    resources = section("Resources");
  }

  /**
   * The problems of a template, in sentences, in every combination of its choices; none for one
   * that can be created.
   *
   * @param given values of parameters that have no default
   */
  static List<String> problems(String yaml, Map<String, String> given) {
    Stack stack = new Stack(yaml);
    return stack.problems(stack.choices(given));
  }

  /** The same for choices that differ from the defaults in one parameter. */
  static List<String> problemsNearDefaults(String yaml, Map<String, String> given) {
    Stack stack = new Stack(yaml);
    List<Map<String, String>> choices = new ArrayList<>();
    for (String name : stack.section("Parameters").keySet()) {
      choices.addAll(stack.combinations(Set.of(name), given));
    }
    return stack.problems(choices);
  }

  /**
   * The resources that a choice leaves, by name, with every reference resolved. A resource's
   * reference is its name.
   *
   * @param choice values of parameters; others have their defaults
   */
  static Map<String, Map<String, Object>> resources(String yaml, Map<String, String> choice) {
    Stack stack = new Stack(yaml);
    Map<String, Object> values = Parameters.values(stack.section("Parameters"), choice);
    Conditions conditions =
        new Conditions(
            stack.section("Conditions"), stack.references(values, Set.of(), name -> false));
    Map<String, Map<String, Object>> left = stack.left(conditions);
    return stack.resolved(left, stack.references(values, left.keySet(), conditions::holds));
  }

  private List<String> problems(List<Map<String, String>> choices) {
    checkSections();
    checkAttributes();
    checkStatements();
    checkEveryParameterIsUsed();
    choices.forEach(this::checkChoice);
    return List.copyOf(problems);
  }

  private Map<String, Object> section(String name) {
    return TemplateNode.mapIn(template, name, "template");
  }

  private void checkSections() {
    checkKeys(template, SECTIONS, "the template");
    resources.forEach((name, node) -> checkKeys(TemplateNode.map(node, name), RESOURCE_KEYS, name));
  }

  private void checkKeys(Map<String, Object> map, Set<String> known, String where) {
    map.keySet().stream()
        .filter(key -> !known.contains(key))
        .forEach(key -> problems.add(where + " has " + key + ", unknown to CloudFormation"));
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
        TemplateNode.text(
            TemplateNode.mapIn(resources, name, "Resources"), "Type", "Resources." + name, "");
    if (SCHEMA.has(type) && !SCHEMA.hasAttribute(type, attribute)) {
      problems.add(name + "." + attribute + " is no attribute of " + type);
    }
  }

  /** Nobody may do everything, and nothing may be done to everything. */
  private void checkStatements() {
    walk(
        template,
        (key, value) -> {
          if (key.equals("Statement")) {
            TemplateNode.list(Map.of(key, value), key, key).forEach(this::checkStatement);
          }
        });
  }

  private void checkStatement(Object node) {
    Map<String, Object> statement = TemplateNode.map(node, "Statement");
    if (statement.containsKey("Fn::If")) {
      TemplateNode.list(statement, "Fn::If", "Statement").stream()
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

  /**
   * Every combination of allowed values, for the parameters that decide what there is; and, these
   * at their defaults, every combination for the others.
   */
  private List<Map<String, String>> choices(Map<String, String> given) {
    Set<String> deciding = new TreeSet<>();
    for (Object node : List.of(section("Conditions"), section("Rules"))) {
      walk(node, (key, value) -> addReference(key, value, deciding));
    }
    walk(
        template,
        (key, value) -> {
          if (key.equals("Fn::FindInMap")) {
            walk(value, (inner, name) -> addReference(inner, name, deciding));
          }
        });
    Set<String> others = new TreeSet<>(section("Parameters").keySet());
    others.removeAll(deciding);
    List<Map<String, String>> choices = new ArrayList<>(combinations(deciding, given));
    choices.addAll(combinations(others, given));
    return choices;
  }

  private static void addReference(String key, Object value, Set<String> names) {
    if (key.equals("Ref")) {
      names.add(value.toString());
    }
  }

  private List<Map<String, String>> combinations(Set<String> names, Map<String, String> given) {
    List<Map<String, String>> combinations = List.of(given);
    for (String name : names) {
      Map<String, Object> declared = TemplateNode.mapIn(section("Parameters"), name, "Parameters");
      List<Map<String, String>> more = new ArrayList<>();
      for (String value : values(declared, given.get(name))) {
        for (Map<String, String> combination : combinations) {
          Map<String, String> one = new HashMap<>(combination);
          one.put(name, value);
          more.add(one);
        }
      }
      combinations = more;
    }
    return combinations;
  }

  /** Allowed values; of a parameter that allows any, the given one or its default. */
  private static Set<String> values(Map<String, Object> declared, String given) {
    Set<String> values = new TreeSet<>();
    TemplateNode.list(declared, "AllowedValues", "Parameters")
        .forEach(value -> values.add(value.toString()));
    if (values.isEmpty()) {
      Optional.ofNullable(given == null ? declared.get("Default") : given)
          .map(Object::toString)
          .ifPresent(values::add);
    }
    return values;
  }

  /** What this choice leaves of the template is what CloudFormation and its services take. */
  private void checkChoice(Map<String, String> choice) {
    Map<String, Object> values = Parameters.values(section("Parameters"), choice);
    ReferenceTable parameters = references(values, Set.of(), name -> false);
    try {
      Rules.check(section("Rules"), parameters);
    } catch (ParameterException refused) {
      return;
    }
    Conditions conditions = new Conditions(section("Conditions"), parameters);
    Map<String, Map<String, Object>> left = left(conditions);
    checkResources(left, references(values, left.keySet(), conditions::holds));
  }

  private Map<String, Map<String, Object>> left(Conditions conditions) {
    Map<String, Map<String, Object>> left = new LinkedHashMap<>();
    resources.forEach(
        (name, node) -> {
          Map<String, Object> resource = TemplateNode.map(node, name);
          Object condition = resource.get("Condition");
          if (condition == null || conditions.holds(condition.toString())) {
            left.put(name, resource);
          }
        });
    return left;
  }

  private void checkResources(Map<String, Map<String, Object>> left, ReferenceTable references) {
    Map<String, Map<String, Object>> resolved = resolved(left, references);
    resolved.forEach(this::checkSchema);
    left.forEach(
        (name, resource) -> {
          dependencies(resource).stream()
              .filter(other -> !left.containsKey(other))
              .forEach(
                  other -> problems.add(name + " depends on " + other + ", which is not there"));
        });
    resolve(references, template.getOrDefault("Outputs", Map.of()), "Outputs");
    DeploymentRule.check(resolved, problems::add);
  }

  private Map<String, Map<String, Object>> resolved(
      Map<String, Map<String, Object>> left, ReferenceTable references) {
    Map<String, Map<String, Object>> resolved = new LinkedHashMap<>();
    left.forEach(
        (name, resource) -> {
          Map<String, Object> copy = new LinkedHashMap<>(resource);
          copy.put(
              "Properties",
              resolve(references, resource.getOrDefault("Properties", Map.of()), name));
          resolved.put(name, copy);
        });
    return resolved;
  }

  private void checkSchema(String name, Map<String, Object> resource) {
    String type = TemplateNode.text(resource, "Type", name);
    if (SCHEMA.has(type)) {
      problems.addAll(
          SCHEMA.problems(name, type, TemplateNode.mapIn(resource, "Properties", name)));
    } else {
      problems.add(name + " is a " + type + ", which cloudformation.json does not have");
    }
  }

  private ReferenceTable references(
      Map<String, Object> values, Set<String> names, Predicate<String> conditions) {
    Map<String, String> types = new HashMap<>();
    // Any attribute is good enough here: the question is whether its resource is there.
    names.forEach(name -> types.put(name, ""));
    return new ReferenceTable(values, types, conditions, section("Mappings"), "us-east-1");
  }

  private Object resolve(ReferenceTable references, Object node, String where) {
    try {
      return references.resolve(node, where);
    } catch (TemplateException dangling) {
      problems.add(dangling.getMessage());
      return Map.of();
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
