package dev.fanbench.jmh.sockets;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The parent's view of a {@link Sink}. Not thread-safe. */
final class SinkProcess {
  private static final long EXIT_SECONDS = 10;

  private final Process process;

  private SinkProcess(Process process) {
    this.process = process;
  }

  /** Starts a sink that makes {@code connections} connections to {@code port} of loopback. */
  static SinkProcess start(int port, int connections) throws IOException {
    List<String> command =
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx32m",
            "-XX:+UseSerialGC",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            System.getProperty("java.class.path"),
            Sink.class.getName(),
            Integer.toString(port),
            Integer.toString(connections));
    return new SinkProcess(
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start());
  }

  void kill() {
    process.destroyForcibly();
  }

  boolean isAlive() {
    return process.isAlive();
  }

  /**
   * Ends the sink.
   *
   * @return bytes it read
   * @throws IOException when it does not say
   */
  long finish() throws IOException {
    try {
      process.getOutputStream().close();
      if (!process.waitFor(EXIT_SECONDS, TimeUnit.SECONDS)) {
        throw new IOException("the sink did not end within " + EXIT_SECONDS + " s");
      }
      String said =
          new String(process.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).strip();
      if (!said.matches("[0-9]+")) {
        throw new IOException("the sink ended with %d and no count".formatted(process.exitValue()));
      }
      return Long.parseLong(said);
    } catch (InterruptedException hurry) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted while the sink was ending", hurry);
    } finally {
      process.destroyForcibly();
    }
  }
}
