package dev.fanbench.emulator.template;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Values for everything a template may refer to: parameters, pseudo parameters, resources. A
 * resource's physical name is its logical one, unless it is given another.
 */
final class ReferenceTable {
  /** The account number of the emulator; no real account has it. */
  static final String ACCOUNT = "000000000000";

  /** The value of {@code AWS::NoValue}: what has it is as if it were not there. */
  private static final Object NO_VALUE = new Object();

  /** Ends of the names of a region's availability zones; every region has two at least. */
  private static final List<String> ZONES = List.of("a", "b");

  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(!?)([^}]+)}");

  private final Map<String, Object> parameters;
  private final Set<String> resources;
  private final Map<String, String> names = new HashMap<>();
  private final Predicate<String> conditions;
  private final Map<String, Object> mappings;
  private final Map<String, String> pseudo;

  /**
   * @param parameters a value for each parameter
   * @param resources the logical names of all resources
   * @param conditions whether the condition of a name holds
   * @param mappings what {@code !FindInMap} looks into
   * @param region the region it would be deployed to
   */
  ReferenceTable(
      Map<String, Object> parameters,
      Set<String> resources,
      Predicate<String> conditions,
      Map<String, Object> mappings,
      String region) {
    this.parameters = parameters;
    this.resources = resources;
    this.conditions = conditions;
    this.mappings = mappings;
    this.pseudo =
        Map.of(
            "AWS::Region",
            region,
            "AWS::AccountId",
            ACCOUNT,
            "AWS::Partition",
            "aws",
            "AWS::URLSuffix",
            "amazonaws.com",
            "AWS::StackName",
            "fanbench",
            "AWS::StackId",
            "arn:aws:cloudformation:" + region + ":" + ACCOUNT + ":stack/fanbench");
  }

  /** Gives a resource a physical name that is not its logical one. */
  void name(String resource, String physical) {
    names.put(resource, physical);
  }

  /** {@code node} with every reference in it, however deep, replaced by its value. */
  Object resolve(Object node, String where) {
    if (node instanceof List<?> list) {
      return list.stream()
          .map(item -> resolve(item, where))
          .filter(item -> item != NO_VALUE)
          .toList();
    }
    if (!(node instanceof Map<?, ?>)) {
      return node;
    }
    Map<String, Object> map = TemplateNode.map(node, where);
    if (map.size() == 1) {
      String key = map.keySet().iterator().next();
      Object value = map.get(key);
      switch (key) {
        case "Ref" -> {
          return ref(value.toString(), where);
        }
        case "Fn::GetAtt" -> {
          return attribute((List<?>) value, where);
        }
        case "Fn::Sub" -> {
          return substitute(value, where);
        }
        case "Fn::Join" -> {
          return join(value, where);
        }
        case "Fn::Select" -> {
          return select(value, where);
        }
        case "Fn::GetAZs" -> {
          return ZONES.stream().map(zone -> pseudo.get("AWS::Region") + zone).toList();
        }
        case "Fn::If" -> {
          return choose(value, where);
        }
        case "Fn::FindInMap" -> {
          return find(value, where);
        }
        default -> {
          if (key.startsWith("Fn::") || key.equals("Condition")) {
            throw new TemplateException(where + ": the emulator does not know " + key);
          }
        }
      }
    }
    Map<String, Object> resolved = new LinkedHashMap<>();
    map.forEach((key, value) -> resolved.put(key, resolve(value, where + "." + key)));
    resolved.values().removeIf(value -> value == NO_VALUE);
    return resolved;
  }

  private Object choose(Object value, String where) {
    if (value instanceof List<?> choice && choice.size() == 3) {
      return resolve(choice.get(conditions.test(choice.get(0).toString()) ? 1 : 2), where);
    }
    throw new TemplateException(where + ": Fn::If takes a condition and two values");
  }

  private Object find(Object value, String where) {
    Object found = mappings;
    for (Object key : (List<?>) resolve(value, where)) {
      found = found instanceof Map<?, ?> map ? map.get(key.toString()) : null;
    }
    if (found == null) {
      throw new TemplateException("%s: Fn::FindInMap finds nothing at %s".formatted(where, value));
    }
    return found;
  }

  private Object select(Object value, String where) {
    if (value instanceof List<?> choice
        && choice.size() == 2
        && resolve(choice.get(1), where) instanceof List<?> items) {
      int index = Integer.parseInt(choice.get(0).toString());
      if (index >= 0 && index < items.size()) {
        return items.get(index);
      }
    }
    throw new TemplateException(where + ": Fn::Select takes a number and a list that is longer");
  }

  private Object ref(String name, String where) {
    if (name.equals("AWS::NoValue")) {
      return NO_VALUE;
    }
    if (pseudo.containsKey(name)) {
      return pseudo.get(name);
    }
    if (parameters.containsKey(name)) {
      return parameters.get(name);
    }
    if (resources.contains(name)) {
      return names.getOrDefault(name, name);
    }
    throw new TemplateException(where + " refers to " + name + ", which the template lacks");
  }

  private String attribute(List<?> path, String where) {
    String resource = path.get(0).toString();
    String attribute = path.get(1).toString();
    if (!resources.contains(resource)) {
      throw new TemplateException(where + " refers to " + resource + ", which the template lacks");
    }
    return attribute.equals("Arn")
        ? "arn:aws:lambda:%s:%s:function:%s".formatted(pseudo.get("AWS::Region"), ACCOUNT, resource)
        : resource + "." + attribute;
  }

  private String substitute(Object value, String where) {
    if (value instanceof List<?> withVariables) {
      Map<String, Object> variables =
          TemplateNode.map(resolve(withVariables.get(1), where), where + " (variables of Fn::Sub)");
      return substitute(
          withVariables.get(0).toString(),
          name -> variables.containsKey(name) ? variables.get(name) : named(name, where));
    }
    return substitute(value.toString(), name -> named(name, where));
  }

  private static String substitute(String text, Function<String, Object> lookup) {
    return PLACEHOLDER
        .matcher(text)
        .replaceAll(
            match ->
                Matcher.quoteReplacement(
                    match.group(1).isEmpty()
                        ? lookup.apply(match.group(2).trim()).toString()
                        : "${" + match.group(2) + "}"));
  }

  private Object named(String name, String where) {
    int dot = name.indexOf('.');
    return dot < 0
        ? ref(name, where)
        : attribute(List.of(name.substring(0, dot), name.substring(dot + 1)), where);
  }

  private String join(Object value, String where) {
    List<?> arguments = (List<?>) value;
    List<?> parts = (List<?>) resolve(arguments.get(1), where);
    return String.join(arguments.get(0).toString(), parts.stream().map(Object::toString).toList());
  }
}
