package dev.fanbench.gatling.command;

import dev.fanbench.gatling.options.ModuleClassPath;
import dev.fanbench.reports.WorkFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Runs of the load, each in a JVM of its own, one at a time. Ctrl-C reaches the run in progress,
 * which then stops its target and leaves a directory labelled FAILED. Its end is waited for, and
 * then that of the command, which may write the results that it has.
 */
final class LoadProcess implements AutoCloseable {
  private static final long STOP_SECONDS = 20;
  private static final int LAST_LINES = 12;

  /** The arguments of the load's JVM, in the folder of a checkout or a release. */
  static final String JVM_ARGUMENTS = "gatling/load.jvmargs";

  private static final String MODULE = "gatling";

  private final Path log;
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile Process running;
  private volatile boolean stopped;

  /**
   * @param log what the runs print; appended to
   */
  LoadProcess(Path log) {
    this.log = log;
    Runtime.getRuntime().addShutdownHook(new Thread(this::stop, "load-stop"));
  }

  /**
   * Starts {@code run} and waits for its end.
   *
   * @param home checkout or release whose build is run
   * @return its exit code
   * @throws IOException when that checkout is not built, the process cannot be started or Ctrl-C
   *     ended it
   */
  int run(Path home, Scenario scenario, SettingList settings)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command(home, scenario, settings));
    builder
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
    requireRunning();
    running = builder.start();
    int exitCode = running.waitFor();
    running = null;
    requireRunning();
    return exitCode;
  }

  private void requireRunning() throws IOException {
    if (stopped) {
      throw new IOException("interrupted before the end");
    }
  }

  /** Whether Ctrl-C ended the run in progress; no other one is started then. */
  boolean isStopped() {
    return stopped;
  }

  /** Says that the command has written its results. */
  @Override
  public void close() {
    closed.countDown();
  }

  /** The end of what the runs printed, for a sentence on why one of them went wrong. */
  List<String> lastLines() throws IOException {
    try (Stream<String> lines = Files.lines(log)) {
      List<String> all = lines.filter(line -> !line.isBlank()).toList();
      return all.subList(Math.max(0, all.size() - LAST_LINES), all.size());
    }
  }

  /** The command line of a run, whose results go where those of this process go. */
  static List<String> command(Path home, Scenario scenario, SettingList settings)
      throws IOException {
    BuildCheck.require(home);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("@" + home.resolve(JVM_ARGUMENTS));
    command.add("-Dfanbench.home=" + home);
    Optional.ofNullable(System.getProperty(WorkFolder.RESULTS))
        .ifPresent(folder -> command.add("-D" + WorkFolder.RESULTS + "=" + folder));
    command.add("-cp");
    command.add(ModuleClassPath.of(home, MODULE).text());
    command.add(RunCommand.class.getName());
    command.addAll(List.of("--watch-parent", "--simulation", scenario.toString()));
    command.addAll(settings.words());
    return command;
  }

  private void stop() {
    stopped = true;
    Process process = running;
    try {
      if (process != null) {
        process.destroy();
        if (!process.waitFor(STOP_SECONDS, TimeUnit.SECONDS)) {
          process.destroyForcibly();
        }
      }
      var unused = closed.await(STOP_SECONDS, TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      if (process != null) {
        process.destroyForcibly();
      }
      Thread.currentThread().interrupt();
    }
  }
}
