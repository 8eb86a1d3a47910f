package dev.fanbench.gatling.phase;

import dev.fanbench.gatling.fleet.LostConnection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts the connections of a phase that the target ended, by the way it did. Thread-safe. */
final class LossTally {
  private final Map<String, Integer> reasons = new LinkedHashMap<>();

  synchronized void add(LostConnection loss) {
    reasons.merge(loss.reason(), 1, Integer::sum);
  }

  synchronized int count() {
    return reasons.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The most frequent way, in one clause; empty when nothing was lost. */
  synchronized String reason() {
    return reasons.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse("");
  }
}
