package dev.fanbench.gatling.phase;

import dev.fanbench.gatling.fleet.LostConnection;
import java.util.LinkedHashMap;
import java.util.Map;

/** Counts the connections of a phase that the target ended, by the way it did. Thread-safe. */
final class LossTally {
  /** A target may give each connection a reason of its own. */
  private static final int MOST_REASONS = 20;

  private static final String OTHERS = "other reasons, different ones";

  private final Map<String, Integer> reasons = new LinkedHashMap<>();

  synchronized void add(LostConnection loss) {
    boolean known = reasons.size() < MOST_REASONS || reasons.containsKey(loss.reason());
    reasons.merge(known ? loss.reason() : OTHERS, 1, Integer::sum);
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
