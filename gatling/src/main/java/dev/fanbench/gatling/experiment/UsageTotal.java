package dev.fanbench.gatling.experiment;

import dev.fanbench.measurement.host.UsageMeter;
import dev.fanbench.measurement.run.Usage;
import dev.fanbench.target.TargetCounter;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/** Adds up the usage of one process over the blocks of a phase. For one thread. */
final class UsageTotal {
  private static final Set<String> LAST_VALUES =
      Set.of(UsageMeter.CORES, UsageMeter.RESIDENT_BYTES, UsageMeter.PEAK_BYTES);

  private Usage total;
  private boolean unknown;

  /**
   * Adds a block.
   *
   * @param used null when it is not known; then the total is not known either
   */
  void add(Usage used) {
    unknown |= used == null;
    if (!unknown) {
      total = total == null ? used : sum(total, used);
    }
  }

  /** The total with more counters; null when it is not known. */
  Usage with(Map<String, Double> more) {
    if (unknown || total == null) {
      return null;
    }
    Map<String, Double> counters = new LinkedHashMap<>(total.counters());
    counters.putAll(more);
    return new Usage(
        total.cpuNanosByGroup(),
        total.runQueueWaitNanos(),
        total.wallNanos(),
        total.source(),
        counters);
  }

  private static Usage sum(Usage before, Usage block) {
    Map<String, Long> groups = new LinkedHashMap<>(before.cpuNanosByGroup());
    block.cpuNanosByGroup().forEach((group, nanos) -> groups.merge(group, nanos, Long::sum));
    boolean waitKnown = before.runQueueWaitNanos() >= 0 && block.runQueueWaitNanos() >= 0;
    double weight = (double) block.wallNanos() / (before.wallNanos() + block.wallNanos());
    Map<String, Double> counters = new HashMap<>(before.counters());
    block
        .counters()
        .forEach(
            (name, value) ->
                counters.merge(name, value, (sum, last) -> both(name, sum, last, weight)));
    return new Usage(
        groups,
        waitKnown ? before.runQueueWaitNanos() + block.runQueueWaitNanos() : -1,
        before.wallNanos() + block.wallNanos(),
        before.source(),
        counters);
  }

  /** A gauge has its last value, a share its mean over time, and all else is a sum. */
  private static double both(String name, double before, double block, double weight) {
    if (TargetCounter.isGauge(name) || LAST_VALUES.contains(name)) {
      return block;
    }
    return isShare(name) ? before * (1 - weight) + block * weight : before + block;
  }

  private static boolean isShare(String name) {
    return name.equals(UsageMeter.STEAL_SHARE)
        || name.startsWith(UsageMeter.LOOP_SHARE)
        || name.startsWith(UsageMeter.LOOP_WAIT);
  }
}
