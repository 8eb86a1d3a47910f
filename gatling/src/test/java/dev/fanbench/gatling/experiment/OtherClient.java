package dev.fanbench.gatling.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A client in C that shares no line with fanbench: a room of its own in a running target. It is a
 * process, whose members have joined when its first series begins. For one thread.
 */
final class OtherClient implements AutoCloseable {
  private final Process process;
  private final BufferedReader said;
  private final Path errors;

  private OtherClient(Process process, Path errors) {
    this.process = process;
    this.errors = errors;
    said = process.inputReader(StandardCharsets.US_ASCII);
  }

  /** Compiles a program of the tests' sources; needs gcc. */
  static Path compiled(Path directory, String name) throws IOException, InterruptedException {
    Path program = directory.resolve(name);
    Process gcc =
        new ProcessBuilder("gcc", "-O2", "-o", program.toString(), "src/test/c/" + name + ".c")
            .inheritIO()
            .start();
    assertEquals(0, gcc.waitFor());
    return program;
  }

  /**
   * A room with one publisher.
   *
   * @param count publications of a series
   * @param rate publications a second
   */
  static OtherClient join(
      Path program, URI target, int subscribers, int count, int rate, String room)
      throws IOException {
    Path errors = Files.createTempFile(program.getParent(), "other", ".txt");
    Process process =
        new ProcessBuilder(
                program.toString(),
                String.valueOf(target.getPort()),
                target.getPath(),
                String.valueOf(subscribers),
                String.valueOf(count),
                String.valueOf(rate),
                room)
            .redirectError(errors.toFile())
            .start();
    return new OtherClient(process, errors);
  }

  /** Begins a series; the first publication is 100 ms away. */
  void begin() throws IOException {
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
  }

  /** Waits for the end of the series; its times to last delivery in nanoseconds. */
  List<Long> end() throws IOException {
    List<Long> nanos = new ArrayList<>();
    for (String line = said.readLine(); ; line = said.readLine()) {
      if (line == null) {
        throw new IOException(Files.readString(errors));
      }
      if (line.isEmpty()) {
        return nanos;
      }
      nanos.add(Long.parseLong(line));
    }
  }

  /** Lets its connections go. */
  @Override
  public void close() {
    process.destroy();
  }
}
