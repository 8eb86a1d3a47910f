package dev.fanbench.emulator.runtime;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * Writes the output of a process to the emulator's own, each line with the function's name and the
 * id of the request that began last. The first line of a guarded process is its id.
 */
final class FunctionLog {
  /** A longer line is written in parts, as in CloudWatch. */
  private static final int MOST_CHARACTERS = 256 * 1024;

  private final String function;
  private final Consumer<String> lines;
  private final CompletableFuture<Long> processId = new CompletableFuture<>();
  private volatile String request = "INIT";

  /**
   * @param lines gets each line, without its end
   */
  FunctionLog(String function, Consumer<String> lines) {
    this.function = function;
    this.lines = lines;
  }

  /** Reads until the process closes its output, on a thread of its own. */
  void read(InputStream output) {
    Thread reader = new Thread(() -> copy(output), "log-" + function);
    reader.setDaemon(true);
    reader.start();
  }

  /** The id of the process; 0 if it was never known. */
  CompletableFuture<Long> processId() {
    return processId;
  }

  /** Further lines belong to this request. */
  void begin(String requestId) {
    request = requestId;
  }

  /** Writes a line of the emulator's own. */
  void write(String line) {
    lines.accept("[%s %s] %s".formatted(function, request, line));
  }

  private void copy(InputStream output) {
    try (Reader reader =
        new BufferedReader(new InputStreamReader(output, StandardCharsets.UTF_8))) {
      StringBuilder line = new StringBuilder();
      for (int each = reader.read(); each >= 0; each = reader.read()) {
        if (each != '\n') {
          line.append((char) each);
        }
        if (each == '\n' || line.length() >= MOST_CHARACTERS) {
          take(line.toString());
          line.setLength(0);
        }
      }
      if (line.length() > 0) {
        take(line.toString());
      }
    } catch (IOException closed) {
      // The process is killed; no more is to be read of it.
    } finally {
      processId.complete(0L);
    }
  }

  private void take(String line) {
    if (processId.isDone()) {
      write(line);
      return;
    }
    try {
      processId.complete(Long.parseLong(line));
    } catch (NumberFormatException unguarded) {
      processId.complete(0L);
      write(line);
    }
  }
}
