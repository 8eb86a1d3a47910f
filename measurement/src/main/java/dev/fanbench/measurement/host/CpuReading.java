package dev.fanbench.measurement.host;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * CPU time of a process, or of several, at one moment.
 *
 * @param threads live threads by kernel id; empty where {@code /proc} is missing
 * @param processNanos CPU time of the whole process, ended threads included; coarse, 10 ms on Linux
 * @param processes how many processes these are
 * @param source where it came from, in words
 */
record CpuReading(Map<Long, ThreadTime> threads, long processNanos, int processes, String source) {

  /** Reading of {@code /proc/PID/task/TID}. */
  static final String SCHEDSTAT = "schedstat";

  /** Reading of the process alone. */
  static final String PROCESS = "process CPU time";

  /** Two clock ticks: as far as the coarse time of one process may be off. */
  private static final long TICKS_NANOS = 20_000_000;

  /**
   * One thread.
   *
   * @param group by its name
   * @param cpuNanos time on a core
   * @param waitNanos time it was ready and had none
   */
  record ThreadTime(CpuGroup group, long cpuNanos, long waitNanos) {

    private ThreadTime since(ThreadTime before) {
      return new ThreadTime(group, cpuNanos - before.cpuNanos, waitNanos - before.waitNanos);
    }
  }

  CpuReading {
    threads = Map.copyOf(threads);
  }

  /** This and another process, taken together. */
  CpuReading plus(CpuReading other) {
    Map<Long, ThreadTime> both = new HashMap<>(threads);
    both.putAll(other.threads);
    return new CpuReading(
        both, processNanos + other.processNanos, processes + other.processes, source);
  }

  /**
   * On-CPU nanoseconds by group since an earlier reading. Only the process time includes threads
   * that ended meanwhile. Their time is reported as {@code other} once it exceeds that clock's
   * error.
   */
  Map<String, Long> cpuSince(CpuReading earlier) {
    Map<String, Long> byGroup = new LinkedHashMap<>();
    if (!source.equals(SCHEDSTAT) || !earlier.source.equals(SCHEDSTAT)) {
      byGroup.put(CpuGroup.OTHER.label(), processNanos - earlier.processNanos);
      return byGroup;
    }
    for (CpuGroup group : CpuGroup.values()) {
      byGroup.put(group.label(), 0L);
    }
    long seen = 0;
    for (Map.Entry<Long, ThreadTime> each : threads.entrySet()) {
      ThreadTime now = each.getValue();
      long used = now.cpuNanos() - earlier.before(each.getKey(), now).cpuNanos();
      byGroup.merge(now.group().label(), used, Long::sum);
      seen += used;
    }
    long ended = processNanos - earlier.processNanos - seen;
    if (ended > TICKS_NANOS * processes) {
      byGroup.merge(CpuGroup.OTHER.label(), ended, Long::sum);
    }
    return byGroup;
  }

  /** The times of each event loop since an earlier reading, in the order of their ids. */
  List<ThreadTime> loopsSince(CpuReading earlier) {
    return threads.entrySet().stream()
        .filter(each -> each.getValue().group() == CpuGroup.LOOPS)
        .sorted(Map.Entry.comparingByKey())
        .map(each -> each.getValue().since(earlier.before(each.getKey(), each.getValue())))
        .toList();
  }

  /** Run-queue wait of live threads since an earlier reading; negative when unknown. */
  long waitSince(CpuReading earlier) {
    if (!source.equals(SCHEDSTAT) || !earlier.source.equals(SCHEDSTAT)) {
      return -1;
    }
    return threads.entrySet().stream()
        .mapToLong(
            e -> e.getValue().waitNanos() - earlier.before(e.getKey(), e.getValue()).waitNanos())
        .sum();
  }

  /** The time that a thread had used by this reading; zero when its id then belonged to another. */
  private ThreadTime before(long id, ThreadTime now) {
    ThreadTime before = threads.get(id);
    return before == null || before.cpuNanos() > now.cpuNanos()
        ? new ThreadTime(now.group(), 0, 0)
        : before;
  }
}
