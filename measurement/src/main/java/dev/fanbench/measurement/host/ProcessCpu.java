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

/** Reads CPU time and memory of processes, from outside them. */
final class ProcessCpu {
  /** The unit of memory in {@code status}. */
  private static final long KIBIBYTE = 1024;

  private final Path proc;
  private final ProcessSet processes;

  /**
   * @param proc {@code /proc}, or a copy of it in a test
   */
  ProcessCpu(Path proc, ProcessSet processes) {
    this.proc = proc;
    this.processes = processes;
  }

  /**
   * Reads it now.
   *
   * @throws IOException when there is no process any more
   */
  CpuReading read() throws IOException {
    List<Long> ids = processes.ids();
    CpuReading all = read(ids.get(0));
    for (long id : ids.subList(1, ids.size())) {
      try {
        all = all.plus(read(id));
      } catch (IOException ended) {
        // It ended between the listing and the reading.
      }
    }
    return all;
  }

  /** Resident memory now, in bytes; empty without {@code /proc}. */
  OptionalLong residentBytes() {
    return known(statusTotal("VmRSS:", false) * KIBIBYTE);
  }

  /**
   * The highest resident memory so far, in bytes: of a control group, or the sum over processes,
   * which need not have had it at the same time. Empty without {@code /proc}.
   */
  OptionalLong peakBytes() {
    OptionalLong together = processes.peakBytes();
    return together.isPresent() ? together : known(statusTotal("VmHWM:", false) * KIBIBYTE);
  }

  /** Context switches of all live threads so far; 0 without {@code /proc}. */
  long contextSwitches() {
    return statusTotal("voluntary_ctxt_switches:", true)
        + statusTotal("nonvoluntary_ctxt_switches:", true);
  }

  private static OptionalLong known(long value) {
    return value == 0 ? OptionalLong.empty() : OptionalLong.of(value);
  }

  /** The sum of a line of {@code status} over all processes, or over their threads. */
  private long statusTotal(String line, boolean perThread) {
    long total = 0;
    try {
      for (long id : processes.ids()) {
        Path process = proc.resolve(Long.toString(id));
        if (perThread) {
          try (DirectoryStream<Path> threads = Files.newDirectoryStream(process.resolve("task"))) {
            for (Path thread : threads) {
              total += statusValue(thread, line);
            }
          }
        } else {
          total += statusValue(process, line);
        }
      }
    } catch (IOException ended) {
      // The processes are gone; reading their CPU time says so.
    }
    return total;
  }

  private static long statusValue(Path process, String start) {
    try {
      return Files.readAllLines(process.resolve("status")).stream()
          .filter(line -> line.startsWith(start))
          .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")))
          .sum();
    } catch (IOException ended) {
      return 0;
    }
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
