package dev.fanbench.junit;

import java.net.URI;
import java.util.Map;

/**
 * The surroundings of a handler: its addresses and variables. A handler that is made from them
 * depends on nothing that other APIs of the same JVM set.
 *
 * @param endpoint of {@code @connections}, for {@code endpointOverride} of the AWS SDK
 * @param store the address of DynamoDB or Redis; not reachable if the template needs neither
 * @param variables the environment variables of the function
 */
public record FunctionEnvironment(URI endpoint, URI store, Map<String, String> variables) {

  /** Copies the variables. */
  public FunctionEnvironment {
    variables = Map.copyOf(variables);
  }

  /**
   * The value of a variable.
   *
   * @throws IllegalArgumentException if the function has no such variable
   */
  public String variable(String name) {
    String value = variables.get(name);
    if (value == null) {
      throw new IllegalArgumentException(
          "variable %s is not allowed; the function has %s"
              .formatted(name, String.join(", ", variables.keySet())));
    }
    return value;
  }
}
