package dev.fanbench.protocol.fuzz;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Descriptors and sockets of a process on Linux, from {@code /proc}. Thread-safe. */
public final class ServerSockets {
  private static final int LOCAL_ADDRESS = 1;
  private static final int STATE = 3;
  private static final int QUEUES = 4;
  private static final int INODE = 9;
  private static final String LISTENING = "0A";
  private static final String ESTABLISHED = "01";

  private final long pid;
  private final int port;

  /** The sockets of a process that are accepted at a port. */
  public ServerSockets(long pid, int port) {
    this.pid = pid;
    this.port = port;
  }

  /** Open descriptors of the process. */
  public long descriptors() throws IOException {
    try (Stream<Path> all = Files.list(Path.of("/proc/" + pid + "/fd"))) {
      return all.count();
    }
  }

  /** Accepted sockets that the process holds although their clients are gone. */
  public long abandoned() throws IOException {
    try (Stream<String[]> rows = rows()) {
      return rows.filter(row -> !row[STATE].equals(ESTABLISHED)).count();
    }
  }

  /** Accepted sockets. */
  public long accepted() throws IOException {
    try (Stream<String[]> rows = rows()) {
      return rows.count();
    }
  }

  /** The most bytes that the kernel holds for a client of the process, sent and not taken. */
  public long mostUnsentBytes() throws IOException {
    try (Stream<String[]> rows = rows()) {
      return rows.mapToLong(row -> Long.parseLong(row[QUEUES].split(":", 2)[0], 16))
          .max()
          .orElse(0);
    }
  }

  private Stream<String[]> rows() throws IOException {
    String suffix = ":%04X".formatted(port);
    List<String> lines =
        Stream.concat(
                Files.readAllLines(Path.of("/proc/" + pid + "/net/tcp")).stream(),
                Files.readAllLines(Path.of("/proc/" + pid + "/net/tcp6")).stream())
            .toList();
    return lines.stream()
        .map(line -> line.strip().split("\\s+", -1))
        .filter(row -> row[LOCAL_ADDRESS].endsWith(suffix))
        .filter(row -> !row[STATE].equals(LISTENING) && !row[INODE].equals("0"));
  }
}
