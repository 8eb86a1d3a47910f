package dev.fanbench.junit;

import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.fanbench.emulator.EmulatorOptions;
import dev.fanbench.emulator.gateway.CallerCheck;
import dev.fanbench.emulator.quota.Quota;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * The settings of a {@link WebSocketApi}. Without any, the template's classes run with AWS's quotas
 * and without latencies.
 */
public final class WebSocketApiBuilder {
  private final Path template;
  private final Map<String, Function<FunctionEnvironment, ?>> handlers = new HashMap<>();
  private final Map<String, String> variables = new HashMap<>();
  private UnaryOperator<EmulatorOptions> change = options -> options;
  private Clock clock = Clock.systemUTC();

  WebSocketApiBuilder(Path template) {
    this.template = template;
  }

  /** Runs a function by this handler. All environments share it, so threads call it at a time. */
  public WebSocketApiBuilder handler(String function, RequestStreamHandler handler) {
    return handlerFrom(function, environment -> handler);
  }

  /** Runs a function by this handler. All environments share it, so threads call it at a time. */
  public WebSocketApiBuilder handler(String function, RequestHandler<?, ?> handler) {
    return handlerFrom(function, environment -> handler);
  }

  /** Runs a function by a class, with an instance for each environment, as on AWS. */
  public WebSocketApiBuilder handler(String function, Class<?> handler) {
    return handlerFrom(
        function,
        environment -> {
          try {
            return handler.getDeclaredConstructor().newInstance();
          } catch (ReflectiveOperationException unusable) {
            throw new IllegalArgumentException(
                handler.getName() + " needs a constructor without parameters", unusable);
          }
        });
  }

  /**
   * Runs a function by handlers that are made from the addresses of this API, one for each
   * environment. APIs that run at the same time need this.
   *
   * @param maker returns a {@link RequestHandler} or a {@link RequestStreamHandler}
   */
  public WebSocketApiBuilder handlerFrom(String function, Function<FunctionEnvironment, ?> maker) {
    handlers.put(function, maker);
    return this;
  }

  /** Gives a parameter of the template a value. */
  public WebSocketApiBuilder parameter(String name, String value) {
    return options(options -> options.withParameters(Map.of(name, value)));
  }

  /** Gives all functions an environment variable, which replaces one of the template. */
  public WebSocketApiBuilder environment(String name, String value) {
    variables.put(name, value);
    return this;
  }

  /** Sets a quota of AWS. */
  public WebSocketApiBuilder quota(Quota quota, long value) {
    return options(options -> options.withQuotas(options.quotas().with(quota, value)));
  }

  /** Sets the clock of connections and events. Signatures are checked by the system's clock. */
  public WebSocketApiBuilder clock(Clock other) {
    clock = other;
    return this;
  }

  /**
   * Changes other options of the emulator, such as its latencies or secrets. Its handlers, clock
   * and observer are the API's own.
   */
  public WebSocketApiBuilder options(UnaryOperator<EmulatorOptions> more) {
    UnaryOperator<EmulatorOptions> before = change;
    change = options -> more.apply(before.apply(options));
    return this;
  }

  /** The API, which JUnit starts and stops. */
  public WebSocketApi build() {
    return new WebSocketApi(this);
  }

  /**
   * The API, started.
   *
   * @throws UncheckedIOException if the template cannot be read
   * @throws dev.fanbench.emulator.template.TemplateException if it cannot be deployed
   */
  public WebSocketApi start() {
    WebSocketApi api = build();
    api.begin();
    return api;
  }

  /** The clock that the API's own is ahead of. */
  Clock clock() {
    return clock;
  }

  HandlerTable handlers() {
    return new HandlerTable(handlers, variables);
  }

  /** The options of an emulator on a free port, but for those that {@link WebSocketApi} sets. */
  EmulatorOptions emulatorOptions() {
    EmulatorOptions options;
    try {
      options =
          EmulatorOptions.standard()
              .withTemplate(Files.readString(template))
              .withFolder(template.toAbsolutePath().normalize().getParent())
              .withVariables(variables)
              .withSignatures(CallerCheck.standard().withClock(Clock.systemUTC()));
    } catch (IOException unreadable) {
      throw new UncheckedIOException(
          "template %s is not allowed; it must be a file that can be read"
              .formatted(template.toAbsolutePath()),
          unreadable);
    }
    return change.apply(options);
  }
}
