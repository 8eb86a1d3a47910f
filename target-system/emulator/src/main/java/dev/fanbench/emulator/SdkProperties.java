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
 * What functions of this process find in place of Lambda's environment. A JVM cannot set its own
 * environment variables, but the SDK looks each of its variables up as a system property first, and
 * so do the functions with their own. A Redis has no such property: the variable that holds its
 * address gets the address of the one that is here.
 */
final class SdkProperties {
  private SdkProperties() {}

  /** Names of variables that were set last: the next emulator's template may not have them. */
  private static final Set<String> LAST = new HashSet<>();

  /**
   * Sets them, before any function is loaded.
   *
   * @param secret what functions sign their calls with
   * @param more variables of what serves the template's HTTP endpoint here
   * @throws TemplateException if two functions want different values of one variable, which only
   *     processes of their own could have
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

  /** The variables of all functions, without those that are the SDK's or the JVM's own. */
  private static Map<String, String> variables(Template template) {
    Map<String, String> all = new HashMap<>();
    for (FunctionDefinition function : template.functions().values()) {
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
                      "the emulator runs all functions in one process, so %s cannot be both %s and %s"
                          .formatted(name, other, value));
                }
              });
    }
    return all;
  }
}
