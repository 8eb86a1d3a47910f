package dev.fanbench.floor;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What a thread of this process has asked of the kernel, by the kernel's own count: {@code syscr}
 * and {@code syscw} of {@code /proc/self/task/TID/io}. Linux only.
 */
record SystemCalls(long reads, long writes) {

  private static final Path TASKS = Path.of("/proc/self/task");

  /** Of the one thread of this name that lives. */
  static SystemCalls ofThread(String name) throws IOException {
    try (DirectoryStream<Path> tasks = Files.newDirectoryStream(TASKS)) {
      for (Path task : tasks) {
        if (Files.readString(task.resolve("comm")).strip().equals(name)) {
          List<String> lines = Files.readAllLines(task.resolve("io"));
          return new SystemCalls(count(lines, "syscr: "), count(lines, "syscw: "));
        }
      }
    }
    throw new AssertionError("no thread " + name);
  }

  SystemCalls since(SystemCalls before) {
    return new SystemCalls(reads - before.reads, writes - before.writes);
  }

  private static long count(List<String> lines, String name) {
    return lines.stream()
        .filter(line -> line.startsWith(name))
        .mapToLong(line -> Long.parseLong(line.substring(name.length())))
        .findFirst()
        .orElseThrow();
  }
}
