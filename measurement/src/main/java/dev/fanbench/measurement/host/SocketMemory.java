package dev.fanbench.measurement.host;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Memory that the kernel of this machine holds for sockets of all processes.
 *
 * @param slabBytes objects in use in the caches of sockets, files and poll entries; empty where
 *     {@code /proc/slabinfo} cannot be read, which mostly takes root
 * @param bufferBytes pages of TCP buffers; empty without {@code /proc/net/sockstat}
 */
public record SocketMemory(OptionalLong slabBytes, OptionalLong bufferBytes) {
  /** The kernel's caches that grow with each TCP socket of a process that polls it. */
  private static final Set<String> CACHES =
      Set.of(
          "TCP",
          "TCPv6",
          "sock_inode_cache",
          "filp",
          "eventpoll_epi",
          "eventpoll_pwq",
          "ep_head",
          "tcp_bind_bucket",
          "tcp_bind2_bucket");

  private static final int NAME = 0;
  private static final int ACTIVE_OBJECTS = 1;
  private static final int OBJECT_BYTES = 3;
  private static final long PAGE_BYTES = 4096;

  /** The memory now. */
  public static SocketMemory read() {
    return read(Path.of("/proc"));
  }

  /**
   * The memory now.
   *
   * @param proc {@code /proc}, or a copy of it in a test
   */
  static SocketMemory read(Path proc) {
    return new SocketMemory(slab(proc.resolve("slabinfo")), buffers(proc.resolve("net/sockstat")));
  }

  private static OptionalLong slab(Path file) {
    long bytes = 0;
    for (String line : lines(file)) {
      String[] words = line.split("\\s+", -1);
      if (CACHES.contains(words[NAME])) {
        bytes += Long.parseLong(words[ACTIVE_OBJECTS]) * Long.parseLong(words[OBJECT_BYTES]);
      }
    }
    return bytes == 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
  }

  private static OptionalLong buffers(Path file) {
    for (String line : lines(file)) {
      int at = line.indexOf(" mem ");
      if (line.startsWith("TCP:") && at > 0) {
        return OptionalLong.of(Long.parseLong(line.substring(at + 5).strip()) * PAGE_BYTES);
      }
    }
    return OptionalLong.empty();
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException unreadable) {
      return List.of();
    }
  }
}
