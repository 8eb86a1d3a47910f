package dev.fanbench.gatling.phase;

import dev.fanbench.gatling.fleet.ConnectFailure;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Counts the connects of a phase that the target accepted and declined. Thread-safe. */
final class ConnectTally {
  /** A target may give each connection a reason of its own. */
  private static final int MOST_REASONS = 20;

  private final Map<String, Integer> failures = new LinkedHashMap<>();
  private int accepted;
  private int declined;
  private boolean overwhelmed;

  synchronized void accepted() {
    accepted++;
  }

  /** A connect failed, for which the load's own system is not the reason. */
  synchronized void declined(ConnectFailure failure) {
    declined++;
    overwhelmed |= failure.isOverwhelmed();
    if (failures.size() < MOST_REASONS || failures.containsKey(failure.sentence())) {
      failures.merge(failure.sentence(), 1, Integer::sum);
    }
  }

  /**
   * A clause about a target that keeps no connection; empty while it keeps some. A target that is
   * only overwhelmed is there, and its refusals are its result.
   *
   * @param sent connects that have begun; while some of them wait, nothing is sure
   * @param losses connections that it ended
   * @param sinceNanos the beginning of the phase
   */
  synchronized Optional<String> rejection(long sent, LossTally losses, long sinceNanos) {
    boolean all = sent > 0 && accepted + declined >= sent;
    if (!all || losses.count() < accepted || overwhelmed) {
      return Optional.empty();
    }
    if (accepted == 0) {
      return Optional.of("the target accepted 0 of %d connections: %s".formatted(declined, why()));
    }
    if (declined > 0) {
      return Optional.of(
          losses.ofAll(accepted, sinceNanos)
              + "; it accepted none of %d others: %s".formatted(declined, why()));
    }
    return Optional.of(
        "after their 101 the target ended %d of %d connections: %s. The dialect or the URL may be wrong"
            .formatted(accepted, accepted, losses.reason()));
  }

  private String why() {
    return failures.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse("");
  }
}
