package dev.fanbench.gatling.phase;

import dev.fanbench.gatling.fleet.LostConnection;
import dev.fanbench.measurement.run.UnitFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Counts the connections of a phase that the target ended, by the way it did. Thread-safe. */
final class LossTally {
  /** A target may give each connection a reason of its own. */
  private static final int MOST_REASONS = 20;

  private static final Way OTHERS = new Way(0, "other reasons, different ones");

  private final Map<Way, Integer> ways = new LinkedHashMap<>();
  private long lastAtNanos;

  /** A close code and a clause about it; 0 for several codes. */
  private record Way(int closeCode, String reason) {
    String words() {
      return closeCode == 0 ? reason : "code " + closeCode + ": " + reason;
    }
  }

  synchronized void add(LostConnection loss, long nowNanos) {
    Way way = new Way(loss.closeCode(), loss.reason());
    boolean known = ways.size() < MOST_REASONS || ways.containsKey(way);
    ways.merge(known ? way : OTHERS, 1, Integer::sum);
    lastAtNanos = nowNanos;
  }

  synchronized int count() {
    return ways.values().stream().mapToInt(Integer::intValue).sum();
  }

  /** The most frequent way, in one clause; empty when nothing was lost. */
  String reason() {
    return mostFrequent().map(Way::reason).orElse("");
  }

  /**
   * A clause about a target that has ended all connections.
   *
   * @param all connections that there were
   * @param sinceNanos the beginning of the phase
   */
  synchronized String ofAll(int all, long sinceNanos) {
    return "the target ended %d of %d connections after %s with %s"
        .formatted(
            Math.min(all, count()),
            all,
            UnitFormat.time(Math.max(0, lastAtNanos - sinceNanos)),
            mostFrequent().map(Way::words).orElse("no reason"));
  }

  private synchronized Optional<Way> mostFrequent() {
    return ways.entrySet().stream().max(Map.Entry.comparingByValue()).map(Map.Entry::getKey);
  }
}
