package dev.fanbench.emulator.runtime;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.fanbench.emulator.lambda.HandlerLoader;
import dev.fanbench.emulator.template.FunctionDefinition;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Loads the handlers of functions in processes of their own, and leaves all others to another
 * loader. Thread-safe.
 */
public final class ProcessLauncher implements HandlerLoader, AutoCloseable {
  private static final String PATH = "PATH";

  private final HandlerLoader others;

  /** Null, like the API, when no function has processes. */
  private final RuntimeFolder runtimes;

  private final RuntimeApi api;
  private final Duration coldStart;
  private final Map<String, FunctionProgram> programs = new HashMap<>();
  private final Set<FunctionProcess> processes = ConcurrentHashMap.newKeySet();
  private final RuntimeUsage usage = new RuntimeUsage();
  private volatile Map<String, String> shared = Map.of();
  private volatile Optional<String> store = Optional.empty();

  private ProcessLauncher(
      HandlerLoader others, RuntimeFolder runtimes, RuntimeApi api, Duration coldStart) {
    this.others = others;
    this.runtimes = runtimes;
    this.api = api;
    this.coldStart = coldStart;
  }

  /**
   * A launcher of the functions that have processes of their own.
   *
   * @param folder of the template, which names of folders are relative to
   * @param payloadBytes the quota of an answer
   * @param coldStart the least that a cold start takes
   * @param others loads the handlers of all other functions
   * @throws IOException if the folder for temporary files cannot be written
   * @throws dev.fanbench.emulator.template.TemplateException if this machine lacks a program or a
   *     folder of a function
   */
  public static ProcessLauncher open(
      Map<String, FunctionDefinition> functions,
      Path folder,
      int payloadBytes,
      Duration coldStart,
      HandlerLoader others)
      throws IOException {
    boolean needed = functions.values().stream().anyMatch(FunctionDefinition::hasOwnProcess);
    ProcessLauncher launcher =
        needed
            ? new ProcessLauncher(
                others, RuntimeFolder.create(), new RuntimeApi(payloadBytes), coldStart)
            : new ProcessLauncher(others, null, null, coldStart);
    try {
      for (FunctionDefinition function : functions.values()) {
        if (function.hasOwnProcess()) {
          launcher.programs.put(
              function.name(),
              FunctionProgram.of(
                  function, folder, launcher.runtimes, System.getenv().getOrDefault(PATH, "")));
        }
      }
    } catch (RuntimeException refused) {
      launcher.close();
      throw refused;
    }
    return launcher;
  }

  /**
   * Sets the variables that all processes have. Called before the first of them starts.
   *
   * @param variables beside those of the template, which cannot replace them
   * @param redis the address that stands for any Redis of the template
   */
  public void share(Map<String, String> variables, Optional<String> redis) {
    shared = Map.copyOf(variables);
    store = redis;
  }

  @Override
  public RequestStreamHandler load(FunctionDefinition function) throws Exception {
    if (!function.hasOwnProcess()) {
      return others.load(function);
    }
    FunctionProcess process = new FunctionProcess(program(function.name()), this);
    processes.add(process);
    return process;
  }

  /** The program of a function, by its logical name. */
  FunctionProgram program(String function) {
    return programs.get(function);
  }

  /** Adds the counters of cold starts, if any function has processes. */
  public void putCounters(Map<String, Long> counters) {
    if (!programs.isEmpty()) {
      usage.putCounters(counters);
    }
  }

  /** The text of the shell that ends processes with this one. */
  Path guard() {
    return runtimes.file(RuntimeFolder.GUARD);
  }

  RuntimeApi api() {
    return api;
  }

  RuntimeUsage usage() {
    return usage;
  }

  Duration coldStart() {
    return coldStart;
  }

  /** The clock of deadlines, which the functions compare with their own. */
  Clock clock() {
    return Clock.systemUTC();
  }

  Map<String, String> variables(FunctionProgram program, String address) {
    return program.variables(address, runtimes.path(), shared, System.getenv(), store);
  }

  void log(String line) {
    System.err.println(line);
  }

  void forget(FunctionProcess process) {
    processes.remove(process);
  }

  /** Ends all processes. */
  @Override
  public void close() {
    List.copyOf(processes).forEach(FunctionProcess::close);
    if (api != null) {
      api.close();
      runtimes.close();
    }
  }
}
