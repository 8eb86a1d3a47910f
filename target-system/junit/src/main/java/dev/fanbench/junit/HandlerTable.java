package dev.fanbench.junit;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.fanbench.emulator.lambda.HandlerLoader;
import dev.fanbench.emulator.template.FunctionDefinition;
import dev.fanbench.emulator.template.FunctionLanguage;
import dev.fanbench.emulator.template.Template;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;

/**
 * Makes the handlers of one API: those that a test gave, and classes that the template names.
 * Thread-safe.
 */
final class HandlerTable implements HandlerLoader {
  private final Map<String, Function<FunctionEnvironment, ?>> given;
  private final Map<String, String> variables;
  private final CompletableFuture<URI> endpoint = new CompletableFuture<>();
  private final CompletableFuture<URI> store = new CompletableFuture<>();

  /**
   * @param given makers of handlers, by names of functions
   * @param variables beside those of the template, which they replace
   */
  HandlerTable(Map<String, Function<FunctionEnvironment, ?>> given, Map<String, String> variables) {
    this.given = Map.copyOf(given);
    this.variables = Map.copyOf(variables);
  }

  /**
   * Checks the names for which handlers were given.
   *
   * @throws IllegalArgumentException if the template has no such function, or one in a process
   */
  void check(Template template) {
    for (String name : given.keySet()) {
      FunctionDefinition function = template.functions().get(name);
      if (function == null) {
        throw new IllegalArgumentException(
            "function %s is not allowed; the template has %s"
                .formatted(name, String.join(", ", new TreeSet<>(template.functions().keySet()))));
      }
      if (function.hasOwnProcess() && function.code().language() != FunctionLanguage.JAVA_PROCESS) {
        throw new IllegalArgumentException(
            "function %s takes no handler; its Runtime is %s"
                .formatted(name, function.code().runtime()));
      }
    }
  }

  /** Sets the address of the store. */
  void storeAt(URI address) {
    store.complete(address);
  }

  /** Sets the endpoint of {@code @connections}; handlers are made afterwards. */
  void endpointAt(URI address) {
    endpoint.complete(address);
  }

  @Override
  public boolean replaces(FunctionDefinition function) {
    return function.code().language() == FunctionLanguage.JAVA_PROCESS;
  }

  @Override
  public boolean hasOwn(FunctionDefinition function) {
    return given.containsKey(function.name());
  }

  @Override
  public RequestStreamHandler load(FunctionDefinition function) throws Exception {
    Function<FunctionEnvironment, ?> maker = given.get(function.name());
    Object handler =
        maker == null
            ? Class.forName(function.handler()).getDeclaredConstructor().newInstance()
            : maker.apply(environment(function));
    if (handler instanceof RequestStreamHandler streams) {
      return streams;
    }
    if (handler instanceof RequestHandler<?, ?> objects) {
      return new ObjectHandler<>(objects);
    }
    throw new IllegalArgumentException(
        "%s is no handler of %s; it needs RequestHandler or RequestStreamHandler"
            .formatted(handler.getClass().getName(), function.name()));
  }

  private FunctionEnvironment environment(FunctionDefinition function) {
    URI redis = store.join();
    Map<String, String> all = new HashMap<>(function.variables());
    all.replaceAll((name, value) -> Template.isRedisAddress(value) ? redis.toString() : value);
    all.putAll(variables);
    return new FunctionEnvironment(endpoint.join(), redis, all);
  }
}
