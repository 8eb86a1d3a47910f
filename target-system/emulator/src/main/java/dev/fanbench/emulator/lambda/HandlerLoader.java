package dev.fanbench.emulator.lambda;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.fanbench.emulator.template.FunctionDefinition;

/** Makes the handler of a function: one for each environment. */
@FunctionalInterface
public interface HandlerLoader {
  /**
   * Loads and constructs. Called on the environment's own thread.
   *
   * @throws Exception whatever keeps the handler from being constructed
   */
  RequestStreamHandler load(FunctionDefinition function) throws Exception;

  /** Whether it makes the handler of a Java function that would get a process otherwise. */
  default boolean replaces(FunctionDefinition function) {
    return false;
  }

  /**
   * Whether it has a handler of its own for the function, which may know its variables otherwise
   * than by the properties of this process.
   */
  default boolean hasOwn(FunctionDefinition function) {
    return false;
  }

  /** Finds the class that the template names on the class path. */
  static HandlerLoader classPath() {
    return function ->
        Class.forName(function.handler())
            .asSubclass(RequestStreamHandler.class)
            .getDeclaredConstructor()
            .newInstance();
  }
}
