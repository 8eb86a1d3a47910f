package dev.fanbench.emulator.template;

import java.time.Duration;
import java.util.Map;

/**
 * A Lambda function.
 *
 * @param name its logical name
 * @param handler the class that handles its events, found on the class path; {@code CodeUri} is for
 *     deployments
 * @param memoryMegabytes what it is billed for
 * @param timeout how long one invocation may take
 * @param variables its environment variables
 */
public record FunctionDefinition(
    String name,
    String handler,
    int memoryMegabytes,
    Duration timeout,
    Map<String, String> variables) {

  /** Copies the variables. */
  public FunctionDefinition {
    variables = Map.copyOf(variables);
  }
}
