package dev.fanbench.emulator.template;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/**
 * A Lambda function.
 *
 * @param name its logical name
 * @param arn names it on AWS
 * @param handler names the part of the code that handles its events: a class, or {@code
 *     module.function}
 * @param code its program
 * @param memoryMegabytes what it is billed for
 * @param timeout how long one invocation may take
 * @param reservedConcurrency the requests that it may have in progress, which no other function
 *     takes from it; empty if it shares those of the account
 * @param variables its environment variables
 */
public record FunctionDefinition(
    String name,
    FunctionArn arn,
    String handler,
    FunctionCode code,
    int memoryMegabytes,
    Duration timeout,
    Optional<Integer> reservedConcurrency,
    Map<String, String> variables) {

  /** Copies the variables. */
  public FunctionDefinition {
    variables = Map.copyOf(variables);
  }

  /** A function that Lambda knows by its logical name. */
  public FunctionDefinition(
      String name,
      String handler,
      FunctionCode code,
      int memoryMegabytes,
      Duration timeout,
      Optional<Integer> reservedConcurrency,
      Map<String, String> variables) {
    this(
        name,
        new FunctionArn("us-east-1", name),
        handler,
        code,
        memoryMegabytes,
        timeout,
        reservedConcurrency,
        variables);
  }

  /** A function whose handler is a class on the class path. */
  public FunctionDefinition(
      String name,
      String handler,
      int memoryMegabytes,
      Duration timeout,
      Map<String, String> variables) {
    this(name, handler, FunctionCode.classPath(), memoryMegabytes, timeout, variables);
  }

  /** A function that shares the account's concurrency. */
  public FunctionDefinition(
      String name,
      String handler,
      FunctionCode code,
      int memoryMegabytes,
      Duration timeout,
      Map<String, String> variables) {
    this(name, handler, code, memoryMegabytes, timeout, Optional.empty(), variables);
  }

  /** The same, with environments in the emulator's own process; its handler is a class. */
  public FunctionDefinition inEmulator() {
    return with(FunctionLanguage.JAVA);
  }

  /** The same, with a process of its own for each environment where it had none. */
  public FunctionDefinition inOwnProcess() {
    return hasOwnProcess() ? this : with(FunctionLanguage.JAVA_PROCESS);
  }

  private FunctionDefinition with(FunctionLanguage language) {
    return new FunctionDefinition(
        name,
        arn,
        handler,
        new FunctionCode(language, code.runtime(), code.folder(), code.inline(), code.layers()),
        memoryMegabytes,
        timeout,
        reservedConcurrency,
        variables);
  }

  /** Whether each of its environments is a process of its own. */
  public boolean hasOwnProcess() {
    return code.language().hasOwnProcess();
  }
}
