package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.target.TargetCounter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Finds where a limit, this machine's or AWS's, and not the design, bound a target. */
final class ReachedLimit {

  private ReachedLimit() {}

  /** One sentence for each kind of limit that a run reached in a phase that is reported. */
  static List<String> reached(List<ReportedRun> entries) {
    return entries.stream()
        .flatMap(entry -> reached(entry.name(), counters(entry)).stream())
        .toList();
  }

  /** The sentences for one run with these counters. */
  static List<String> reached(String name, Map<String, Double> counters) {
    return Stream.of(places(name, counters), quotas(name, counters))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<String> places(String name, Map<String, Double> counters) {
    double times = counters.getOrDefault(TargetCounter.LAMBDA_CAP_REACHED.key(), 0.0);
    return times == 0
        ? Optional.empty()
        : Optional.of(
            "Calls of "
                + name
                + " waited "
                + UnitFormat.count(Math.round(times))
                + " times for one of this machine's function environments: that part of its times"
                + " is the local cap's, not the design's.");
  }

  private static Optional<String> quotas(String name, Map<String, Double> counters) {
    String list =
        counters.entrySet().stream()
            .filter(hit -> TargetCounter.QUOTA_HITS.matches(hit.getKey()) && hit.getValue() > 0)
            .map(
                hit ->
                    TargetCounter.QUOTA_HITS.part(hit.getKey())
                        + " "
                        + UnitFormat.count(Math.round(hit.getValue())))
            .collect(Collectors.joining(", "));
    return list.isEmpty()
        ? Optional.empty()
        : Optional.of(
            "Quotas of AWS that the emulator enforces bound "
                + name
                + " (times hit: "
                + list
                + "). The requests refused for them tell of the account, not of the design.");
  }

  /** All counters, added up over the phases. */
  private static Map<String, Double> counters(ReportedRun entry) {
    Map<String, Double> sums = new TreeMap<>();
    for (PhaseResult result : entry.run().measured()) {
      if (result.target() != null) {
        result.target().counters().forEach((name, value) -> sums.merge(name, value, Double::sum));
      }
    }
    return sums;
  }
}
