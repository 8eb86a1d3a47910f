package dev.fanbench.emulator.template;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;

/**
 * The transform {@code AWS::Serverless-2016-10-31}, as far as our templates need it: functions, and
 * what {@code Globals} adds to them. Properties that are not listed here are problems, so that a
 * template with another one gets its rule first.
 */
final class SamTransform {
  private static final String TRANSFORM = "AWS::Serverless-2016-10-31";
  private static final String FUNCTION = "AWS::Serverless::Function";

  /** Handed to {@code AWS::Lambda::Function} as they are. */
  private static final Set<String> PASSED_ON =
      Set.of(
          "Architectures",
          "Description",
          "Environment",
          "Handler",
          "LoggingConfig",
          "MemorySize",
          "Role",
          "Runtime",
          "Timeout",
          "VpcConfig");

  /** SAM does not take these from {@code Globals}. */
  private static final Set<String> NOT_GLOBAL = Set.of("Role");

  private static final String MANAGED_POLICY = "arn:aws:iam::aws:policy/service-role/";

  private final Map<String, Object> globals;
  private final Map<String, Object> resources = new LinkedHashMap<>();
  private final Consumer<String> problems;

  private SamTransform(Map<String, Object> globals, Consumer<String> problems) {
    this.globals = globals;
    this.problems = problems;
  }

  /**
   * The template that CloudFormation gets to see. References in it are not resolved yet, which is
   * why SAM cannot look into an {@code !If}.
   *
   * @param problems takes sentences about what SAM would not accept
   */
  static Map<String, Object> apply(Map<String, Object> template, Consumer<String> problems) {
    if (!TRANSFORM.equals(template.get("Transform"))) {
      if (template.containsKey("Globals") || template.toString().contains(FUNCTION)) {
        problems.accept("the template needs Transform: " + TRANSFORM);
      }
      return template;
    }
    Map<String, Object> globals = TemplateNode.mapIn(template, "Globals", "template");
    if (!Set.of("Function").containsAll(globals.keySet())) {
      problems.accept("Globals has " + globals.keySet() + "; known is Function");
    }
    SamTransform transform =
        new SamTransform(TemplateNode.mapIn(globals, "Function", "Globals"), problems);
    transform.checkProperties("Globals.Function", transform.globals);
    transform.globals.keySet().stream()
        .filter(NOT_GLOBAL::contains)
        .forEach(name -> problems.accept("Globals.Function has " + name + ", which SAM refuses"));
    TemplateNode.mapIn(template, "Resources", "template").forEach(transform::add);
    Map<String, Object> plain = new LinkedHashMap<>(template);
    plain.keySet().removeAll(Set.of("Transform", "Globals"));
    plain.put("Resources", transform.resources);
    return plain;
  }

  private void add(String name, Object node) {
    Map<String, Object> resource = TemplateNode.map(node, name);
    String type = TemplateNode.text(resource, "Type", name);
    if (type.equals(FUNCTION)) {
      addFunction(name, resource);
    } else {
      if (type.startsWith("AWS::Serverless::")) {
        problems.accept(name + " is a " + type + ", which SamTransform has no rule for");
      }
      resources.put(name, resource);
    }
  }

  private void addFunction(String name, Map<String, Object> resource) {
    Map<String, Object> own = TemplateNode.mapIn(resource, "Properties", name);
    checkProperties(name, own);
    Map<String, Object> properties = merged(globals, own);
    if (properties.remove("CodeUri") == null) {
      problems.accept(name + " has no CodeUri");
    }
    properties.put("Code", Map.of("S3Bucket", "packaged", "S3Key", "functions.jar"));
    if (!properties.containsKey("Role")) {
      String role = name + "Role";
      properties.put("Role", Map.of("Fn::GetAtt", List.of(role, "Arn")));
      resources.put(
          role,
          with(resource, "AWS::IAM::Role", roleProperties(properties.containsKey("VpcConfig"))));
    }
    resources.put(name, with(resource, "AWS::Lambda::Function", properties));
  }

  private void checkProperties(String where, Map<String, Object> properties) {
    properties.keySet().stream()
        .filter(name -> !PASSED_ON.contains(name) && !name.equals("CodeUri"))
        .forEach(
            name ->
                problems.accept(
                    "%s has %s, which SamTransform has no rule for".formatted(where, name)));
  }

  /** The role that SAM makes for a function that names none. */
  private static Map<String, Object> roleProperties(boolean hasVpcConfig) {
    List<String> policies = new ArrayList<>();
    policies.add(MANAGED_POLICY + "AWSLambdaBasicExecutionRole");
    if (hasVpcConfig) {
      policies.add(MANAGED_POLICY + "AWSLambdaVPCAccessExecutionRole");
    }
    return Map.of("AssumeRolePolicyDocument", Map.of(), "ManagedPolicyArns", policies);
  }

  private static Map<String, Object> with(
      Map<String, Object> resource, String type, Map<String, Object> properties) {
    Map<String, Object> changed = new LinkedHashMap<>(resource);
    changed.put("Type", type);
    changed.put("Properties", properties);
    return changed;
  }

  /** Maps are merged, lists appended; for anything else the function's own value counts. */
  private static Map<String, Object> merged(Map<String, Object> globals, Map<String, Object> own) {
    Map<String, Object> merged = new LinkedHashMap<>(globals);
    own.forEach((key, value) -> merged.merge(key, value, SamTransform::merged));
    return merged;
  }

  private static Object merged(Object global, Object own) {
    if (isPlainMap(global) && isPlainMap(own)) {
      return merged(TemplateNode.map(global, "Globals"), TemplateNode.map(own, "a function"));
    }
    if (global instanceof List<?> first && own instanceof List<?> second) {
      List<Object> both = new ArrayList<>(first);
      both.addAll(second);
      return both;
    }
    return own;
  }

  /** Whether it is a map and no intrinsic function. */
  private static boolean isPlainMap(Object node) {
    return node instanceof Map<?, ?> map
        && map.keySet().stream()
            .noneMatch(key -> key.equals("Ref") || key.toString().startsWith("Fn::"));
  }
}
