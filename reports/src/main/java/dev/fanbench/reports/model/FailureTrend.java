package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.Arrival;
import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.FailureInterval;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.workload.PhaseKind;
import dev.fanbench.reports.model.PhaseComparison.Result;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Failures of one kind in one phase of one run, over the time of the phase where that is known.
 *
 * @param entry the run
 * @param phase name of the phase
 * @param kind of the failures, in words
 * @param count failures of this kind
 * @param seconds length of the phase, from its first intended time, or that of the time before it
 * @param parts failures in each equal part of that time; empty where no times are recorded
 * @param beforePhase true where that time ends with the phase's begin, not with its end
 * @param said the most frequent reason or the first frame that tells of it; empty of none
 */
public record FailureTrend(
    ReportedRun entry,
    String phase,
    String kind,
    long count,
    double seconds,
    List<Long> parts,
    boolean beforePhase,
    String said) {
  /** Parts of a phase; each is as wide as two pixels of its strip. */
  public static final int PARTS = 60;

  /** Failures of an arrival. */
  private interface FailureCount {
    long of(Arrival arrival);
  }

  public FailureTrend {
    parts = List.copyOf(parts);
  }

  /**
   * All failures of a comparison, in the order of its phases and runs. A phase with an outage has a
   * section of its own, and is left out.
   */
  public static List<FailureTrend> in(ReportModel comparison) {
    return Stream.of(PhaseKind.values())
        .flatMap(kind -> comparison.phases(kind).stream())
        .filter(phase -> !phase.phase().outage().any())
        .flatMap(phase -> phase.results().stream())
        .flatMap(result -> of(result).stream())
        .filter(trend -> trend.count > 0)
        .toList();
  }

  private static List<FailureTrend> of(Result result) {
    DeliveryCount counts = result.result().deliveryCount();
    return List.of(
        beforePhase(result),
        overTime(result, "deliveries missing", counts.missing(), Arrival::missing),
        overTime(result, "not sent", counts.failed(), FailureTrend::unsent),
        overPhase(result, "connections lost", counts.lostConnections(), PhaseResult.LOST),
        overPhase(result, "publications refused", counts.refused(), PhaseResult.REFUSED));
  }

  private static long unsent(Arrival arrival) {
    return arrival.sentAtNanos() == Arrival.NEVER ? 1 : 0;
  }

  /** Refused while the rooms were filled, from the first refusal to the begin of the phase. */
  private static FailureTrend beforePhase(Result result) {
    PhaseResult phase = result.result();
    double count =
        phase.load() == null
            ? 0
            : phase.load().counters().getOrDefault(PhaseResult.REFUSED_JOINS, 0.0);
    List<FailureInterval> intervals = intervals(phase, PhaseResult.REFUSED_JOIN);
    long firstNanos =
        intervals.stream().mapToLong(FailureInterval::startNanos).min().orElse(phase.startNanos());
    return byInterval(
        result,
        "connects and joins refused, then tried again",
        Math.round(count),
        PhaseResult.REFUSED_JOIN,
        firstNanos,
        phase.startNanos());
  }

  private static FailureTrend overPhase(Result result, String kind, long count, String key) {
    PhaseResult phase = result.result();
    return byInterval(result, kind, count, key, phase.startNanos(), phase.endNanos());
  }

  private static List<FailureInterval> intervals(PhaseResult phase, String key) {
    return phase.failures().stream().filter(each -> each.kind().equals(key)).toList();
  }

  /** Failures that are no arrivals, by the intervals of their kind; none in an older directory. */
  private static FailureTrend byInterval(
      Result result, String kind, long count, String key, long fromNanos, long toNanos) {
    PhaseResult phase = result.result();
    List<FailureInterval> intervals = intervals(phase, key);
    long lengthNanos = Math.max(1, toNanos - fromNanos);
    Long[] parts = noFailures();
    for (FailureInterval each : intervals) {
      long middleNanos = (each.startNanos() + each.endNanos()) / 2;
      parts[part(middleNanos - fromNanos, lengthNanos)] += each.count();
    }
    return new FailureTrend(
        result.entry(),
        phase.phase().name(),
        kind,
        count,
        intervals.isEmpty() ? 0 : lengthNanos / 1e9,
        intervals.isEmpty() ? List.of() : Arrays.asList(parts),
        toNanos == phase.startNanos(),
        phase.examples().getOrDefault(key, ""));
  }

  private static FailureTrend overTime(
      Result result, String kind, long count, FailureCount failures) {
    PhaseResult phase = result.result();
    List<Arrival> arrivals =
        result.recorded().arrivals().stream()
            .filter(arrival -> arrival.intendedAtNanos() != Arrival.NEVER)
            .filter(arrival -> arrival.intendedAtNanos() <= phase.endNanos())
            .toList();
    if (count == 0 || arrivals.isEmpty()) {
      return new FailureTrend(
          result.entry(), phase.phase().name(), kind, count, 0, List.of(), false, "");
    }
    long fromNanos = arrivals.get(0).intendedAtNanos();
    long lengthNanos = Math.max(1, arrivals.get(arrivals.size() - 1).intendedAtNanos() - fromNanos);
    Long[] parts = noFailures();
    for (Arrival arrival : arrivals) {
      parts[part(arrival.intendedAtNanos() - fromNanos, lengthNanos)] += failures.of(arrival);
    }
    return new FailureTrend(
        result.entry(),
        phase.phase().name(),
        kind,
        count,
        lengthNanos / 1e9,
        Arrays.asList(parts),
        false,
        "");
  }

  private static Long[] noFailures() {
    Long[] parts = new Long[PARTS];
    Arrays.fill(parts, 0L);
    return parts;
  }

  /** The part of a phase at this time since its begin; the first and the last have no limit. */
  private static int part(long nanos, long lengthNanos) {
    return Math.max(0, Math.min(PARTS - 1, (int) ((double) nanos / lengthNanos * PARTS)));
  }

  /** The first and the last part that has failures, as seconds from the begin of their time. */
  public List<Double> spanSeconds() {
    List<Integer> with = new ArrayList<>();
    for (int part = 0; part < parts.size(); part++) {
      if (parts.get(part) > 0) {
        with.add(part);
      }
    }
    return with.isEmpty()
        ? List.of()
        : List.of(with.get(0) * seconds / PARTS, (with.get(with.size() - 1) + 1) * seconds / PARTS);
  }
}
