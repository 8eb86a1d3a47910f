package dev.fanbench.emulator;

import dev.fanbench.emulator.template.Template;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/** Environment variables by which an AWS SDK in a process of its own finds the emulator. */
final class SdkEnvironment {
  private SdkEnvironment() {}

  /**
   * The variables.
   *
   * @param stage the endpoint of {@code @connections}
   * @param functions the endpoint of Lambda
   * @param store the endpoint of DynamoDB, unless the template uses Redis
   * @param secret the secret with which functions sign their calls
   */
  static Map<String, String> of(
      Template template, URI stage, URI functions, URI store, String secret) {
    Map<String, String> variables = new HashMap<>();
    variables.put("AWS_REGION", template.region());
    variables.put("AWS_DEFAULT_REGION", template.region());
    variables.put("AWS_ACCESS_KEY_ID", "fanbench");
    variables.put("AWS_SECRET_ACCESS_KEY", secret);
    variables.put("AWS_SESSION_TOKEN", "local");
    variables.put("AWS_ENDPOINT_URL_APIGATEWAYMANAGEMENTAPI", stage.toString());
    variables.put("AWS_ENDPOINT_URL_LAMBDA", functions.toString());
    if (!template.usesRedis()) {
      variables.put("AWS_ENDPOINT_URL_DYNAMODB", store.toString());
    }
    // Functions on AWS have no such files, and the user's own may name other endpoints.
    variables.put("AWS_CONFIG_FILE", "/dev/null");
    variables.put("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
    return variables;
  }
}
