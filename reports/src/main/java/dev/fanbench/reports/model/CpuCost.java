package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.measurement.run.Usage;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.TreeSet;

/**
 * On-CPU time of a target for each delivery of one fan-out phase.
 *
 * @param entry the run
 * @param phase the phase
 * @param nanosByGroup by thread group, those that used any, in the order they are drawn
 * @param nanosPerDelivery all groups together but the JVM's compilers, see {@link
 *     Usage#steadyCpuNanos}
 * @param overFloor relative to the floor at the same fan-out and payload; none without such a floor
 * @param source where the figures come from
 */
public record CpuCost(
    ReportedRun entry,
    Phase phase,
    Map<String, Double> nanosByGroup,
    double nanosPerDelivery,
    Ratio overFloor,
    String source) {

  /** Thread groups in the order they are drawn; others follow by name. */
  public static final List<String> GROUPS =
      List.of("loops", "functions", "sdk", "store", "gc", "jit", "other");

  /** The groups that {@link #nanosPerDelivery} sums. */
  public Map<String, Double> steadyNanosByGroup() {
    Map<String, Double> steady = new LinkedHashMap<>(nanosByGroup);
    steady.remove(Usage.JIT);
    return steady;
  }

  /** The fan-out, or the phase's name if that says more: {@code fanout-100-churn-20}. */
  public String at() {
    String own = PhaseComparison.ownName(phase);
    return own.isEmpty() ? UnitFormat.count(phase.fanOut()) : own;
  }

  static List<CpuCost> of(List<ReportedRun> entries) {
    List<CpuCost> costs = new ArrayList<>();
    for (ReportedRun entry : entries) {
      for (PhaseResult result : entry.run().measured()) {
        if (result.phase().kind() == PhaseKind.FANOUT
            && Double.isFinite(result.cpuNanosPerDelivery())) {
          costs.add(of(entry, result, floor(entries, entry, result.phase())));
        }
      }
    }
    return costs;
  }

  /** Processor time of one publication in its target as a + b·N, for each run with enough sizes. */
  public static List<String> laws(List<CpuCost> costs) {
    Map<ReportedRun, List<Fit.Point>> byEntry = new LinkedHashMap<>();
    for (CpuCost cost : costs) {
      if (cost.phase.undisturbed()) {
        int fanOut = cost.phase.fanOut();
        byEntry
            .computeIfAbsent(cost.entry, entry -> new ArrayList<>())
            .add(new Fit.Point(fanOut, cost.nanosPerDelivery * fanOut));
      }
    }
    List<String> laws = new ArrayList<>();
    byEntry.forEach(
        (entry, points) ->
            Fit.of(points).ifPresent(fit -> laws.add(entry.name() + ": " + fit.text())));
    return laws;
  }

  private static CpuCost of(ReportedRun entry, PhaseResult result, OptionalDouble floor) {
    double nanos = result.cpuNanosPerDelivery();
    Ratio overFloor = floor.isPresent() ? new Ratio(nanos / floor.getAsDouble()) : Ratio.NONE;
    return new CpuCost(
        entry,
        result.phase(),
        byGroup(result.target(), result.deliveryCount()),
        nanos,
        entry.reference() ? Ratio.NONE : overFloor,
        result.target().source());
  }

  private static Map<String, Double> byGroup(Usage usage, DeliveryCount deliveryCount) {
    long copies =
        deliveryCount.delivered() + deliveryCount.duplicates() + deliveryCount.otherCopies();
    Map<String, Double> shares = new LinkedHashMap<>();
    List<String> order = new ArrayList<>(GROUPS);
    new TreeSet<>(usage.cpuNanosByGroup().keySet())
        .stream().filter(g -> !GROUPS.contains(g)).forEach(order::add);
    for (String group : order) {
      Long nanos = usage.cpuNanosByGroup().get(group);
      if (nanos != null && nanos > 0) {
        shares.put(group, (double) nanos / copies);
      }
    }
    return shares;
  }

  private static OptionalDouble floor(List<ReportedRun> entries, ReportedRun entry, Phase phase) {
    int payloadBytes = entry.run().workload().payloadBytes();
    return entries.stream()
        .filter(e -> e.reference() && e.valid())
        .filter(e -> e.run().workload().payloadBytes() == payloadBytes)
        .flatMap(e -> e.run().measured().stream())
        .filter(r -> r.phase().kind() == PhaseKind.FANOUT)
        .filter(r -> r.phase().fanOut() == phase.fanOut())
        .mapToDouble(PhaseResult::cpuNanosPerDelivery)
        .filter(Double::isFinite)
        .findFirst();
  }
}
