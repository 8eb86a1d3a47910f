package dev.fanbench.emulator;

import dev.fanbench.emulator.template.FunctionDefinition;
import dev.fanbench.emulator.template.Template;
import dev.fanbench.emulator.template.TemplateException;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/**
 * What functions of this process find in place of Lambda's environment. A JVM cannot set its own
 * environment variables, but the SDK looks each of its variables up as a system property first, and
 * so do the functions with their own.
 */
final class SdkProperties {
  /** Any key will do; signature checks take this secret. */
  static final String SECRET = "local";

  private SdkProperties() {}

  /**
   * Sets them, before any function is loaded.
   *
   * @throws TemplateException if two functions want different values of one variable, which only
   *     processes of their own could have
   */
  static void set(Template template, URI stage, URI dynamoDb) {
    System.setProperty("aws.region", template.region());
    System.setProperty("aws.accessKeyId", "fanbench");
    System.setProperty("aws.secretAccessKey", SECRET);
    System.setProperty("aws.endpointUrlApiGatewayManagementApi", stage.toString());
    System.setProperty("aws.endpointUrlDynamoDb", dynamoDb.toString());
    variables(template).forEach(System::setProperty);
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
