package dev.fanbench.target;

import java.io.IOException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/**
 * A command that serves a target until it is stopped: the options that all targets share, the READY
 * line, the control URL and the orderly stop.
 *
 * <p>Exit codes: 0 after a drain, 1 if it cannot start, 2 for a bad option, 128 plus the signal's
 * number when a second signal ends it at once.
 */
public abstract class TargetCommand implements Callable<Integer> {
  /** The address that is listened at unless another is given: loopback. */
  public static final String LOOPBACK = "127.0.0.1";

  @Spec private CommandSpec spec;

  @Option(
      names = "--host",
      defaultValue = LOOPBACK,
      description = "Address to listen at (default: ${DEFAULT-VALUE}).")
  private String host;

  @Option(
      names = "--port",
      defaultValue = "0",
      description = "Port to listen at, 0 for any free one (default: ${DEFAULT-VALUE}).")
  private int port;

  @Option(
      names = "--stage",
      paramLabel = "NAME",
      description = "Path that is served (default: the target's own, dev).")
  private String stage;

  @Option(
      names = "--watch-parent",
      description = "Stop when standard input ends, so that the target ends with its parent.")
  private boolean watchParent;

  /** The address to listen at. */
  protected final String host() {
    return host;
  }

  /** The port to listen at, 0 for any free one. */
  protected final int port() {
    return port;
  }

  /** The path to serve, unless the target's own is wanted. */
  protected final Optional<String> stage() {
    return Optional.ofNullable(stage);
  }

  /**
   * Starts the server.
   *
   * @throws IOException with a sentence for the user if it cannot start
   * @throws IllegalArgumentException with a sentence for the user if an option is not allowed
   */
  protected abstract RunningTarget start() throws IOException;

  @Override
  public final Integer call() throws InterruptedException {
    ReadyOutput output = ReadyOutput.take();
    try (RunningTarget target = started();
        ControlEndpoint control = ControlEndpoint.start(target::counters, target.faults())) {
      OrderlyStop stop = OrderlyStop.of(target::close);
      Ready ready =
          new Ready(
              target.url(),
              target.connections(),
              control.uri(),
              ProcessHandle.current().pid(),
              target.latencies(),
              target.transport());
      if (watchParent) {
        stop.watchParent(System.in);
      } else {
        spec.commandLine().getErr().println(target.banner(ready));
      }
      output.print(ready);
      return stop.await();
    } catch (IOException refused) {
      spec.commandLine().getErr().println(refused.getMessage());
      return ExitCode.SOFTWARE;
    }
  }

  private RunningTarget started() throws IOException {
    try {
      return start();
    } catch (IllegalArgumentException bad) {
      throw new ParameterException(spec.commandLine(), bad.getMessage(), bad);
    }
  }

  /** Runs a command to its end and returns the exit code. */
  protected static int run(CommandLine command, String... arguments) {
    return OptionError.reportedBy(command).execute(arguments);
  }
}
