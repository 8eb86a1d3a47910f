package dev.fanbench.measurement.host;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Reads the CPU time of a process, from outside it; on request with that of the processes it
 * started, such as a store's.
 */
final class ProcessCpu {

  private final Path proc;
  private final long pid;
  private final boolean withDescendants;

  /**
   * @param proc {@code /proc}, or a copy of it in a test
   */
  ProcessCpu(Path proc, long pid, boolean withDescendants) {
    this.proc = proc;
    this.pid = pid;
    this.withDescendants = withDescendants;
  }

  /**
   * Reads it now.
   *
   * @throws IOException when the process is gone
   */
  CpuReading read() throws IOException {
    CpuReading all = read(pid);
    if (withDescendants) {
      for (ProcessHandle each : descendants()) {
        try {
          all = all.plus(read(each.pid()));
        } catch (IOException ended) {
          // It ended between the listing and the reading.
        }
      }
    }
    return all;
  }

  /** Resident memory of a target's processes, in bytes; empty for the load and without /proc. */
  OptionalLong residentBytes() {
    if (!withDescendants) {
      return OptionalLong.empty();
    }
    long bytes = residentBytes(pid);
    for (ProcessHandle each : descendants()) {
      bytes += residentBytes(each.pid());
    }
    return bytes == 0 ? OptionalLong.empty() : OptionalLong.of(bytes);
  }

  private long residentBytes(long id) {
    try {
      return Files.readAllLines(proc.resolve(Long.toString(id)).resolve("status")).stream()
          .filter(line -> line.startsWith("VmRSS:"))
          .mapToLong(line -> 1024 * Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    } catch (IOException ended) {
      return 0;
    }
  }

  private List<ProcessHandle> descendants() {
    return ProcessHandle.of(pid).map(handle -> handle.descendants().toList()).orElse(List.of());
  }

  private CpuReading read(long id) throws IOException {
    Map<Long, CpuReading.ThreadTime> threads = readThreads(id);
    long nanos = processNanos(id);
    if (threads.isEmpty()) {
      return new CpuReading(Map.of(), nanos, 1, CpuReading.PROCESS);
    }
    return new CpuReading(threads, nanos, 1, CpuReading.SCHEDSTAT);
  }

  private Map<Long, CpuReading.ThreadTime> readThreads(long id) throws IOException {
    Map<Long, CpuReading.ThreadTime> threads = new HashMap<>();
    Path tasks = proc.resolve(Long.toString(id)).resolve("task");
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

  private static long processNanos(long id) throws IOException {
    Duration total =
        ProcessHandle.of(id)
            .flatMap(handle -> handle.info().totalCpuDuration())
            .orElseThrow(() -> new NoSuchFileException("process " + id + " is gone"));
    return total.toNanos();
  }
}
