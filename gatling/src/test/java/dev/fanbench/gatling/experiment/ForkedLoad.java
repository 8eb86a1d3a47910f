package dev.fanbench.gatling.experiment;

import dev.fanbench.gatling.command.RunCommand;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.RunReader;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The load in a process of its own, as {@code ./fanbench run} starts it, but on a small heap. */
final class ForkedLoad implements AutoCloseable {
  private static final long LONGEST_SECONDS = 240;

  private final Path out;
  private final Path log;
  private final Process process;

  private ForkedLoad(Path out, Path log, Process process) {
    this.out = out;
    this.log = log;
    this.process = process;
  }

  /**
   * Starts it.
   *
   * @param directory an empty one
   * @param workload the text of a workload file
   * @param settings more options, {@code key=value}
   */
  static ForkedLoad start(Path directory, URI target, String workload, String... settings)
      throws IOException {
    return start(directory, target, workload, List.of(), Map.of(), settings);
  }

  /**
   * Starts it elsewhere.
   *
   * @param prefix words in front of the command
   * @param environment more variables
   */
  static ForkedLoad start(
      Path directory,
      URI target,
      String workload,
      List<String> prefix,
      Map<String, String> environment,
      String... settings)
      throws IOException {
    Path file = Files.writeString(directory.resolve("forked.conf"), workload);
    Path out = Files.createDirectories(directory.resolve("runs"));
    Path log = directory.resolve("log.txt");
    List<String> command = new ArrayList<>(prefix);
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(
        List.of(
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--enable-native-access=ALL-UNNAMED",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-Xmx256m",
            "-Dfanbench.home=" + Path.of("..").toAbsolutePath().normalize()));
    command.add("-cp");
    // Surefire hides the real class path behind a jar of its own.
    command.add(
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")));
    command.add(RunCommand.class.getName());
    command.addAll(
        List.of(
            "--watch-parent",
            "--simulation",
            "fanout",
            "workload=" + file,
            "target=" + target,
            "floor=off",
            "out=" + out,
            "site=" + directory.resolve("site")));
    command.addAll(List.of(settings));
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile());
    builder.environment().putAll(environment);
    Process process = builder.start();
    return new ForkedLoad(out, log, process);
  }

  /** Stops the process for a time, all its threads at once; returns when it has been continued. */
  void stopFor(long millis) throws IOException, InterruptedException {
    String stopAndContinue =
        "kill -STOP %1$d && sleep %2$d.%3$03d; kill -CONT %1$d"
            .formatted(process.pid(), millis / 1_000, millis % 1_000);
    int exitCode = new ProcessBuilder("sh", "-c", stopAndContinue).start().waitFor();
    if (exitCode != 0) {
      throw new AssertionError("kill exited with " + exitCode);
    }
  }

  /** Waits for its end and returns its exit code. */
  int exitCode() throws InterruptedException {
    if (!process.waitFor(LONGEST_SECONDS, TimeUnit.SECONDS)) {
      throw new AssertionError("the load is still running");
    }
    return process.exitValue();
  }

  /** The only run that it wrote. */
  RecordedRun run() throws IOException {
    try (Stream<Path> runs = Files.list(out)) {
      return RunReader.read(runs.findFirst().orElseThrow(() -> new AssertionError(said())));
    }
  }

  /** The run directory that it wrote whose name ends so; empty for none. */
  Optional<Path> written(String ending) throws IOException {
    try (Stream<Path> runs = Files.list(out)) {
      return runs.filter(run -> run.getFileName().toString().endsWith(ending)).findFirst();
    }
  }

  /** Ends the process without a word. */
  void kill() {
    process.destroyForcibly();
  }

  /** Asks the process to end, as Ctrl-C does. */
  void interrupt() {
    process.destroy();
  }

  /** The text that it printed. */
  String said() {
    try {
      return Files.readString(log);
    } catch (IOException gone) {
      return gone.toString();
    }
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
