package dev.fanbench.gatling.experiment;

import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.faulty.FaultyTargetMain;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A server in a process of its own, which the experiment did not start. */
final class ServerProcess implements AutoCloseable {
  private static final Pattern URL = Pattern.compile("ws://[^\\s\",]+");

  private final Process process;
  private final String url;

  private ServerProcess(Process process, String url) {
    this.process = process;
    this.url = url;
  }

  /**
   * Starts it and waits until it takes connections.
   *
   * @param options of {@link FaultyTargetMain}
   */
  static ServerProcess start(String... options) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                FaultyTargetMain.class.getName(),
                "--watch-parent"));
    command.addAll(List.of(options));
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    Matcher ready = URL.matcher(process.inputReader().readLine());
    assertTrue(ready.find());
    return new ServerProcess(process, ready.group());
  }

  /** The address that clients connect to. */
  String url() {
    return url;
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
