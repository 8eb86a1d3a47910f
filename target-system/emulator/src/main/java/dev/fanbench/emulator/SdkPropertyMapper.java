package dev.fanbench.emulator;

import dev.fanbench.emulator.template.FunctionDefinition;
import dev.fanbench.emulator.template.Template;
import dev.fanbench.emulator.template.TemplateException;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * Sets system properties in place of Lambda's environment variables. A JVM cannot set its own
 * environment variables. But the SDK reads each of its variables as a system property first, and so
 * do the functions. There is no such property for Redis. The variable that holds its address gets
 * the address of the local Redis.
 */
final class SdkPropertyMapper {
  private SdkPropertyMapper() {}

  /**
   * Names of the variables of the last emulator. The template of the next one may not have them.
   */
  private static final Set<String> LAST = new HashSet<>();

  /**
   * Sets the properties. Called before any function is loaded.
   *
   * @param secret the secret with which functions sign their calls
   * @param more variables that replace those of the template
   * @param given whether a test gives the handlers of a function
   * @throws TemplateException if two functions need different values of one variable; that takes
   *     one process per function
   */
  static synchronized void set(
      Template template,
      URI stage,
      URI functions,
      URI store,
      String secret,
      Map<String, String> more,
      Predicate<FunctionDefinition> given) {
    System.setProperty("aws.region", template.region());
    System.setProperty("aws.accessKeyId", "fanbench");
    System.setProperty("aws.secretAccessKey", secret);
    System.setProperty("aws.endpointUrlApiGatewayManagementApi", stage.toString());
    System.setProperty("aws.endpointUrlLambda", functions.toString());
    System.setProperty("aws.endpointUrlDynamoDb", store.toString());
    LAST.forEach(System::clearProperty);
    LAST.clear();
    Map<String, String> variables = variables(template, more.keySet(), given);
    variables.putAll(more);
    variables.forEach(
        (name, value) -> {
          LAST.add(name);
          System.setProperty(name, Template.isRedisAddress(value) ? store.toString() : value);
        });
  }

  /**
   * The variables of all functions in this process, without those of the SDK and the JVM. A handler
   * that a test gives has no part in a variable that has another value elsewhere.
   */
  private static Map<String, String> variables(
      Template template, Set<String> replaced, Predicate<FunctionDefinition> given) {
    Map<String, String> all = new HashMap<>();
    Map<String, Set<String>> ofGiven = new HashMap<>();
    for (FunctionDefinition function : template.functions().values()) {
      if (function.hasOwnProcess()) {
        continue;
      }
      function
          .variables()
          .forEach(
              (name, value) -> {
                if (replaced.contains(name)
                    || name.startsWith("AWS_")
                    || name.equals("JAVA_TOOL_OPTIONS")) {
                  return;
                }
                if (given.test(function)) {
                  ofGiven.computeIfAbsent(name, first -> new HashSet<>()).add(value);
                } else {
                  put(all, name, value);
                }
              });
    }
    ofGiven.forEach(
        (name, values) -> {
          if (values.size() == 1) {
            all.putIfAbsent(name, values.iterator().next());
          }
        });
    return all;
  }

  private static void put(Map<String, String> all, String name, String value) {
    String other = all.put(name, value);
    if (other != null && !other.equals(value)) {
      throw new TemplateException(
          "the emulator runs all Java functions in one process, so %s cannot be both %s and %s"
              .formatted(name, other, value));
    }
  }
}
