package dev.fanbench.protocol.fuzz;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
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
    return table(pid)
        .filter(row -> row[LOCAL_ADDRESS].endsWith(suffix))
        .filter(row -> !row[STATE].equals(LISTENING) && !row[INODE].equals("0"));
  }

  /** All sockets of a process's network, of other processes too. */
  private static Stream<String[]> table(long pid) throws IOException {
    List<String> lines = new ArrayList<>();
    for (String name : List.of("tcp", "tcp6")) {
      lines.addAll(Files.readAllLines(Path.of("/proc/" + pid + "/net/" + name)));
    }
    return lines.stream().map(line -> line.strip().split("\\s+", -1));
  }

  /** The ports at which a process listens. */
  public static Set<Integer> listeningPorts(long pid) throws IOException {
    Set<String> own = new HashSet<>();
    try (DirectoryStream<Path> descriptors =
        Files.newDirectoryStream(Path.of("/proc/" + pid + "/fd"))) {
      for (Path descriptor : descriptors) {
        own.add(Files.readSymbolicLink(descriptor).toString());
      }
    }
    return table(pid)
        .filter(row -> row[STATE].equals(LISTENING))
        .filter(row -> own.contains("socket:[" + row[INODE] + "]"))
        .map(row -> row[LOCAL_ADDRESS].substring(row[LOCAL_ADDRESS].lastIndexOf(':') + 1))
        .map(hex -> Integer.parseInt(hex, 16))
        .collect(Collectors.toSet());
  }
}
