package dev.fanbench.jmh.sockets;

import dev.fanbench.floor.FloorTarget;
import dev.fanbench.target.Ready;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The floor target in a process of its own, which ends with this one. */
public final class FloorProcess implements AutoCloseable {
  private final Process process;
  private final URI url;

  private FloorProcess(Process process, URI url) {
    this.process = process;
    this.url = url;
  }

  /**
   * Starts it and waits until it listens.
   *
   * @throws IOException when it does not
   */
  public static FloorProcess start() throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-XX:+UseSerialGC",
            "-cp",
            System.getProperty("java.class.path"),
            FloorTarget.class.getName(),
            "--watch-parent");
    Process process =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    BufferedReader said = process.inputReader(StandardCharsets.UTF_8);
    String line = said.readLine();
    if (line == null) {
      throw new IOException("the floor target ended before it listened");
    }
    return new FloorProcess(process, Ready.parse(line).url());
  }

  /** The address for clients. */
  public URI url() {
    return url;
  }

  @Override
  public void close() {
    process.destroy();
  }
}
