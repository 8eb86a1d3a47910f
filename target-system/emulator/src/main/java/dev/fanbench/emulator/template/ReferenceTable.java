package dev.fanbench.emulator.template;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
  private static final Object NO_VALUE =
      new Object() {
        @Override
        public String toString() {
          return "";
        }
      };

  /** Ends of the names of a region's availability zones; every region has two at least. */
  private static final List<String> ZONES = List.of("a", "b");

  private static final Pattern INDEX = Pattern.compile("\\d{1,6}");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(!?)([^}]+)}");

  private final Map<String, Object> parameters;
  private final Map<String, String> types;
  private final Map<String, String> names = new HashMap<>();
  private final Predicate<String> conditions;
  private final Map<String, Object> mappings;
  private final Map<String, String> pseudo;

  /**
   * @param parameters a value for each parameter
   * @param types of all resources by logical name; of an empty type, an attribute is its own name
   * @param conditions whether the condition of a name holds
   * @param mappings what {@code !FindInMap} looks into
   * @param region the region it would be deployed to
   */
  ReferenceTable(
      Map<String, Object> parameters,
      Map<String, String> types,
      Predicate<String> conditions,
      Map<String, Object> mappings,
      String region) {
    this.parameters = parameters;
    this.types = types;
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

  /** The ARN of a function by its logical name. */
  FunctionArn functionArn(String function) {
    return new FunctionArn(pseudo.get("AWS::Region"), physicalName(function));
  }

  /** The physical name of a resource: its own, or else its logical one. */
  String physicalName(String resource) {
    return names.getOrDefault(resource, resource);
  }

  /**
   * Checks that {@code node} refers to nothing that the template lacks, and leaves all other
   * functions alone. It is meant for values that the emulator does not read.
   *
   * @throws TemplateException naming a reference to nothing
   */
  void check(Object node, String where) {
    if (node instanceof List<?> list) {
      list.forEach(item -> check(item, where));
    }
    if (!(node instanceof Map<?, ?>)) {
      return;
    }
    Map<String, Object> map = TemplateNode.map(node, where);
    String key = map.size() == 1 ? map.keySet().iterator().next() : "";
    Object value = map.get(key);
    switch (key) {
      case "Ref" -> checkName(IntrinsicArgument.name(value, where), where);
      case "Fn::GetAtt" -> checkName(IntrinsicArgument.path(value, where).get(0).toString(), where);
      case "Fn::Sub" -> checkText(value, where);
      case "Fn::If" -> check(chosen(value, where), where);
      default -> map.forEach((name, each) -> check(each, where + "." + name));
    }
  }

  private void checkText(Object value, String where) {
    Map<String, Object> variables = IntrinsicArgument.variables(value, where);
    check(variables, where);
    PLACEHOLDER
        .matcher(IntrinsicArgument.text(value, where))
        .results()
        .filter(match -> match.group(1).isEmpty())
        .map(match -> match.group(2).trim())
        .filter(name -> !variables.containsKey(name))
        .forEach(name -> checkName(name, where));
  }

  private void checkName(String name, String where) {
    String resource = name.replaceFirst("\\..*", "");
    if (!name.startsWith("AWS::") && !types.containsKey(resource)) {
      ref(name, where);
    }
  }

  /** Whether {@code node} is {@code AWS::NoValue}, if need be after a condition. */
  boolean isAbsent(Object node, String where) {
    if (node instanceof Map<?, ?> map && map.size() == 1) {
      return map.containsKey("Fn::If")
          ? isAbsent(chosen(map.get("Fn::If"), where), where)
          : "AWS::NoValue".equals(map.get("Ref"));
    }
    return false;
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
          return ref(IntrinsicArgument.name(value, where), where);
        }
        case "Fn::GetAtt" -> {
          return attribute(IntrinsicArgument.path(value, where), where);
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
        case "Fn::Split" -> {
          return split(value, where);
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
    return resolve(chosen(value, where), where);
  }

  private Object chosen(Object value, String where) {
    if (value instanceof List<?> choice
        && choice.size() == 3
        && IntrinsicArgument.isText(choice.get(0))) {
      return choice.get(conditions.test(choice.get(0).toString()) ? 1 : 2);
    }
    throw new TemplateException(where + ": Fn::If takes a condition and two values");
  }

  private Object find(Object value, String where) {
    Object found = mappings;
    for (Object key : IntrinsicArgument.keys(resolve(value, where), where)) {
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
      String index = String.valueOf(resolve(choice.get(0), where));
      if (INDEX.matcher(index).matches()
          && Integer.parseInt(index) < items.size()
          && items.get(Integer.parseInt(index)) != null) {
        return items.get(Integer.parseInt(index));
      }
    }
    throw new TemplateException(
        where + ": Fn::Select takes a number and a list that has a value there");
  }

  private List<String> split(Object value, String where) {
    if (value instanceof List<?> parts
        && parts.size() == 2
        && IntrinsicArgument.isText(parts.get(0))) {
      String delimiter = parts.get(0).toString();
      Object text = resolve(parts.get(1), where);
      if (!delimiter.isEmpty() && text instanceof String joined) {
        return List.of(joined.split(Pattern.quote(delimiter), -1));
      }
    }
    throw new TemplateException(where + ": Fn::Split takes a delimiter and a text");
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
    if (types.containsKey(name)) {
      return ResourceAttribute.reference(
          types.get(name), physicalName(name), pseudo.get("AWS::Region"));
    }
    if (names.containsKey(name)) {
      // What SAM makes of a resource, such as Function.Alias.
      return names.get(name);
    }
    throw new TemplateException(where + " refers to " + name + ", which the template lacks");
  }

  private String attribute(List<?> path, String where) {
    Object attribute = resolve(path.get(1), where);
    if (!IntrinsicArgument.isText(attribute)) {
      throw new TemplateException(where + ": Fn::GetAtt takes an attribute that is a text");
    }
    return attribute(path.get(0).toString(), attribute.toString(), where);
  }

  private String attribute(String resource, String attribute, String where) {
    if (names.containsKey(resource + "." + attribute)) {
      return names.get(resource + "." + attribute);
    }
    if (!types.containsKey(resource)) {
      throw new TemplateException(where + " refers to " + resource + ", which the template lacks");
    }
    String type = types.get(resource);
    return type.isEmpty()
        ? resource + "." + attribute
        : ResourceAttribute.value(
            type, attribute, resource, physicalName(resource), pseudo.get("AWS::Region"), where);
  }

  private String substitute(Object value, String where) {
    Map<String, Object> variables =
        TemplateNode.map(resolve(IntrinsicArgument.variables(value, where), where), where);
    if (variables.containsValue(null)) {
      throw new TemplateException(where + ": a variable of Fn::Sub has no value");
    }
    return substitute(
        IntrinsicArgument.text(value, where),
        name -> variables.containsKey(name) ? variables.get(name) : named(name, where));
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
        : attribute(name.substring(0, dot), name.substring(dot + 1), where);
  }

  private String join(Object value, String where) {
    if (value instanceof List<?> arguments
        && arguments.size() == 2
        && IntrinsicArgument.isText(arguments.get(0))
        && resolve(arguments.get(1), where) instanceof List<?> parts
        && parts.stream().allMatch(IntrinsicArgument::isText)) {
      return String.join(
          arguments.get(0).toString(), parts.stream().map(Object::toString).toList());
    }
    throw new TemplateException(where + ": Fn::Join takes a delimiter and a list of texts");
  }
}
