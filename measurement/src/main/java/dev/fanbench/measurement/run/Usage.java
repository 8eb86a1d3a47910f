package dev.fanbench.measurement.run;

import java.util.Map;

/**
 * The use of one process between two edges of a phase.
 *
 * @param cpuNanosByGroup on-CPU nanoseconds by thread group: loops, functions, sdk, store, gc, jit,
 *     other
 * @param runQueueWaitNanos time its threads were ready and waited for a core; negative when unknown
 * @param wallNanos time between the edges
 * @param source {@code schedstat} or {@code process CPU time}, where {@code /proc} is missing
 * @param counters differences of the target's own monotonic counters, and last values of its gauges
 */
public record Usage(
    Map<String, Long> cpuNanosByGroup,
    long runQueueWaitNanos,
    long wallNanos,
    String source,
    Map<String, Double> counters) {

  public Usage {
    cpuNanosByGroup = OrderedCopy.copyOf(cpuNanosByGroup);
    counters = OrderedCopy.copyOf(counters);
  }

  /** The group of the JVM's compilers, as in {@link #cpuNanosByGroup}. */
  public static final String JIT = "jit";

  /**
   * On-CPU nanoseconds of all groups but the compilers, whose work ends: a short phase that catches
   * a compilation would be charged for what serves the whole life of the process.
   */
  public long steadyCpuNanos() {
    return cpuNanos() - cpuNanosByGroup.getOrDefault(JIT, 0L);
  }

  /** On-CPU nanoseconds over all groups. */
  public long cpuNanos() {
    return cpuNanosByGroup.values().stream().mapToLong(Long::longValue).sum();
  }
}
