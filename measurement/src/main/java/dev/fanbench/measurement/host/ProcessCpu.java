package dev.fanbench.measurement.host;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Reads the CPU time of a process, from outside it. */
final class ProcessCpu {

  private final long pid;
  private final Path process;

  /**
   * @param proc {@code /proc}, or a copy of it in a test
   */
  ProcessCpu(Path proc, long pid) {
    this.pid = pid;
    process = proc.resolve(Long.toString(pid));
  }

  /**
   * Reads it now.
   *
   * @throws IOException when the process is gone
   */
  CpuReading read() throws IOException {
    Map<Long, CpuReading.ThreadTime> threads = readThreads();
    long nanos = processNanos();
    if (threads.isEmpty()) {
      return new CpuReading(Map.of(), nanos, CpuReading.PROCESS);
    }
    return new CpuReading(threads, nanos, CpuReading.SCHEDSTAT);
  }

  private Map<Long, CpuReading.ThreadTime> readThreads() throws IOException {
    Map<Long, CpuReading.ThreadTime> threads = new HashMap<>();
    Path tasks = process.resolve("task");
    if (!Files.isDirectory(tasks)) {
      return threads;
    }
    try (DirectoryStream<Path> each = Files.newDirectoryStream(tasks)) {
      for (Path task : each) {
        readThread(task, threads);
      }
    }
    return threads;
  }

  private static void readThread(Path task, Map<Long, CpuReading.ThreadTime> threads) {
    try {
      String comm = Files.readString(task.resolve("comm")).stripTrailing();
      String[] times = Files.readString(task.resolve("schedstat")).strip().split(" ", -1);
      threads.put(
          Long.parseLong(task.getFileName().toString()),
          new CpuReading.ThreadTime(
              CpuGroup.of(comm), Long.parseLong(times[0]), Long.parseLong(times[1])));
    } catch (IOException e) {
      // The thread ended between the listing and the reading, or this kernel has no schedstat.
    }
  }

  private long processNanos() throws IOException {
    Duration total =
        ProcessHandle.of(pid)
            .flatMap(handle -> handle.info().totalCpuDuration())
            .orElseThrow(() -> new NoSuchFileException("process " + pid + " is gone"));
    return total.toNanos();
  }
}
