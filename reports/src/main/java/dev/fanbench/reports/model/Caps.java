package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.Units;
import java.util.ArrayList;
import java.util.List;

/** Finds where a local limit, and not the design, bound a target. */
final class Caps {

  /** How often a call waited because this machine runs no more function environments. */
  private static final String REACHED = "lambda.capReached";

  private Caps() {}

  /** One sentence for each run whose limit was reached in a phase that is reported. */
  static List<String> reached(List<Entry> entries) {
    List<String> found = new ArrayList<>();
    for (Entry entry : entries) {
      double times = entry.run().measured().stream().mapToDouble(Caps::times).sum();
      if (times > 0) {
        found.add(
            "Calls of "
                + entry.name()
                + " waited "
                + Units.count(Math.round(times))
                + " times for one of this machine's function environments: that part of its times"
                + " is the local cap's, not the design's.");
      }
    }
    return found;
  }

  private static double times(PhaseResult result) {
    return result.target() == null ? 0 : result.target().counters().getOrDefault(REACHED, 0.0);
  }
}
