package dev.fanbench.emulator;

import dev.fanbench.emulator.template.FunctionDefinition;
import dev.fanbench.emulator.template.Template;
import dev.fanbench.emulator.template.TemplateException;
import java.net.URI;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;

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
   * @param more variables of the local server of the template's HTTP endpoint
   * @throws TemplateException if two functions need different values of one variable; that takes
   *     one process per function
   */
  static synchronized void set(
      Template template,
      URI stage,
      URI functions,
      URI store,
      String secret,
      Map<String, String> more) {
    System.setProperty("aws.region", template.region());
    System.setProperty("aws.accessKeyId", "fanbench");
    System.setProperty("aws.secretAccessKey", secret);
    System.setProperty("aws.endpointUrlApiGatewayManagementApi", stage.toString());
    System.setProperty("aws.endpointUrlLambda", functions.toString());
    System.setProperty("aws.endpointUrlDynamoDb", store.toString());
    LAST.forEach(System::clearProperty);
    LAST.clear();
    Map<String, String> variables = variables(template);
    variables.putAll(more);
    variables.forEach(
        (name, value) -> {
          LAST.add(name);
          System.setProperty(name, Template.isRedisAddress(value) ? store.toString() : value);
        });
  }

  /** The variables of all functions in this process, without those of the SDK and the JVM. */
  private static Map<String, String> variables(Template template) {
    Map<String, String> all = new HashMap<>();
    for (FunctionDefinition function : template.functions().values()) {
      if (function.hasOwnProcess()) {
        continue;
      }
      function
          .variables()
          .forEach(
              (name, value) -> {
                if (name.startsWith("AWS_") || name.equals("JAVA_TOOL_OPTIONS")) {
                  return;
                }
                String other = all.put(name, value);
                if (other != null && !other.equals(value)) {
                  throw new TemplateException(
                      "the emulator runs all Java functions in one process, so %s cannot be both %s and %s"
                          .formatted(name, other, value));
                }
              });
    }
    return all;
  }
}
