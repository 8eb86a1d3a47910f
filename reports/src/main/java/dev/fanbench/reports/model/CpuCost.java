package dev.fanbench.reports.model;

import dev.fanbench.measurement.change.PairedRatio;
import dev.fanbench.measurement.run.BlockResult;
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
 * @param overFloor relative to the floor at the same fan-out and payload; none without such a
 *     floor, or where one of both runs is not valid
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
          costs.add(of(entry, result, overFloor(entries, entry, result)));
        }
      }
    }
    return costs;
  }

  /**
   * Processor time of one publication in its target as a + b·N, for each run with enough room
   * sizes. With several payload sizes it is of the first.
   */
  public static List<String> laws(List<CpuCost> costs) {
    Map<ReportedRun, List<Fit.Point>> byEntry = new LinkedHashMap<>();
    for (CpuCost cost : costs) {
      if (cost.phase.undisturbed()
          && cost.phase.payloadBytes() == costs.get(0).phase.payloadBytes()) {
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

  /**
   * A sentence with the time for each delivery of several phases; empty unless a compared run has
   * it in all of them.
   *
   * @param where the phases in words: {@code at 64 B and 1 KB}
   */
  static String text(List<CpuCost> costs, List<Phase> phases, String where) {
    List<ReportedRun> entries =
        costs.stream().map(CpuCost::entry).filter(ReportedRun::compared).distinct().toList();
    List<String> runs = new ArrayList<>();
    for (ReportedRun entry : entries) {
      List<String> times =
          phases.stream()
              .flatMap(phase -> costs.stream().filter(c -> c.isOf(entry, phase)).limit(1))
              .map(cost -> UnitFormat.time(cost.nanosPerDelivery))
              .toList();
      if (times.size() == phases.size()) {
        runs.add(Finding.joined(times) + " " + Finding.where(entry, entries));
      }
    }
    return runs.isEmpty()
        ? ""
        : "CPU for each delivery %s: %s.".formatted(where, String.join("; ", runs));
  }

  private boolean isOf(ReportedRun run, Phase offered) {
    return entry.equals(run) && phase.name().equals(offered.name());
  }

  private static CpuCost of(ReportedRun entry, PhaseResult result, Ratio overFloor) {
    return new CpuCost(
        entry,
        result.phase(),
        byGroup(result.target(), result.deliveryCount()),
        result.cpuNanosPerDelivery(),
        overFloor,
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

  /**
   * From pairs of blocks where the floor took turns; older floors had phases of their own. Only
   * valid runs enter ratios.
   */
  private static Ratio overFloor(List<ReportedRun> entries, ReportedRun entry, PhaseResult result) {
    if (!entry.compared()) {
      return Ratio.NONE;
    }
    for (ReportedRun floor : entries) {
      if (floor.reference() && floor.run().tookTurnsWith(entry.run())) {
        return !floor.valid()
            ? Ratio.NONE
            : floor.run().measured().stream()
                .filter(each -> each.phase().equals(result.phase()))
                .findFirst()
                .map(each -> paired(result, each))
                .orElse(Ratio.NONE);
      }
    }
    OptionalDouble nanos = floor(entries, entry, result.phase());
    return nanos.isPresent()
        ? new Ratio(result.cpuNanosPerDelivery() / nanos.getAsDouble())
        : Ratio.NONE;
  }

  private static Ratio paired(PhaseResult result, PhaseResult floor) {
    double ratio = result.cpuNanosPerDelivery() / floor.cpuNanosPerDelivery();
    return PairedRatio.of(byBlock(floor), byBlock(result))
        .map(Ratio::of)
        .orElse(Double.isFinite(ratio) ? new Ratio(ratio) : Ratio.NONE);
  }

  private static double[] byBlock(PhaseResult result) {
    return result.blocks().stream().mapToDouble(BlockResult::cpuNanosPerDelivery).toArray();
  }

  private static OptionalDouble floor(List<ReportedRun> entries, ReportedRun entry, Phase phase) {
    int payloadBytes = entry.run().workload().payloadBytes(phase);
    return entries.stream()
        .filter(e -> e.reference() && e.valid())
        .flatMap(
            e ->
                e.run().measured().stream()
                    .filter(r -> e.run().workload().payloadBytes(r.phase()) == payloadBytes))
        .filter(r -> r.phase().kind() == PhaseKind.FANOUT)
        .filter(r -> r.phase().fanOut() == phase.fanOut())
        .mapToDouble(PhaseResult::cpuNanosPerDelivery)
        .filter(Double::isFinite)
        .findFirst();
  }
}
