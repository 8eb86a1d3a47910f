package dev.fanbench.measurement.record;

import dev.fanbench.measurement.run.Series;
import java.util.HashMap;
import java.util.Map;

/** Counts the samples of a phase that never happened and rank as infinite. */
final class UndeliveredTally {

  private UndeliveredTally() {}

  /** The counts by series label; a series of which all samples came has none. */
  static Map<String, Long> of(
      PhasePlan plan, ArrivalLedger ledger, SendRecorder sends, AwayTracker absences) {
    long partial = 0;
    long silent = 0;
    long unsent = 0;
    for (int n = 0; n < ledger.size(); n++) {
      int missing = ledger.missing(n);
      partial += missing > 0 ? 1 : 0;
      silent += missing > 0 && missing == plan.expected(n) ? 1 : 0;
      unsent += ledger.state(n) == ArrivalLedger.ABANDONED ? 1 : 0;
    }
    Map<String, Long> undelivered = new HashMap<>();
    long unseen = sends.missing() + sends.missedAway();
    undelivered.put(Series.RESPONSE.label(), unseen);
    undelivered.put(Series.SERVICE.label(), unseen);
    undelivered.put(Series.RECONNECT.label(), absences.away());
    undelivered.put(Series.SEND_DELAY.label(), unsent);
    if (plan.fanOut()) {
      undelivered.put(Series.FIRST_DELIVERY.label(), silent);
      undelivered.put(Series.LAST_DELIVERY.label(), partial);
      undelivered.put(Series.SKEW.label(), partial);
    }
    undelivered.values().removeIf(count -> count == 0);
    return undelivered;
  }
}
