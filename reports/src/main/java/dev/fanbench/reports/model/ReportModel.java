package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.RecordedPhase;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.Run;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import dev.fanbench.reports.price.PriceList;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Everything a report says about some runs, computed once: the page, the JSON, the JUnit file and
 * the console only print it, so they cannot disagree.
 *
 * @param entries the runs, floors last
 * @param finding what they say
 * @param answers whether a chat round trip is a few milliseconds
 * @param cautions one sentence each: where the runs did not offer the same work, and where a local
 *     limit bound one of them
 * @param accounted where deliveries went
 * @param phases phase by phase but for silent ones, in the order of the first run
 * @param recoveries how subscribers came back, in phases with an outage
 * @param headline the phase on the first screen: the largest fan-out that all compared runs have,
 *     warm rather than cold
 * @param fanOut time to last delivery against fan-out
 * @param cpu processor time for each delivery
 * @param idle the cost of silent connections, in phases that have them
 * @param timelines the headline phase as it went by
 * @param bills what the designs would cost, where that can be computed
 * @param memory targets' memory over equal phases, where there are enough of them
 * @param conditions what would change the conclusion
 * @param settings what settings cost, where runs of one kind of target differ in them
 * @param prices what the costs are computed from
 */
public record ReportModel(
    List<ReportedRun> entries,
    Finding finding,
    List<RoundTripAnswer> answers,
    List<String> cautions,
    List<DeliveryTotal> accounted,
    List<PhaseComparison> phases,
    List<Recovery> recoveries,
    Optional<PhaseComparison> headline,
    List<FanOutLine> fanOut,
    List<CpuCost> cpu,
    List<IdleCost> idle,
    List<Timeline> timelines,
    BillComparison bills,
    List<MemoryTrend> memory,
    List<Sensitivity> conditions,
    List<SettingCost> settings,
    PriceList prices) {

  /**
   * Compares any number of runs.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static ReportModel of(List<RecordedRun> recorded, PriceList prices) {
    if (recorded.isEmpty()) {
      throw new IllegalArgumentException("a report needs at least one run");
    }
    List<RecordedRun> ordered =
        recorded.stream().sorted(Comparator.comparing(r -> isFloor(r.run()))).toList();
    List<ReportedRun> entries = entries(ordered);
    List<PhaseComparison> phases = phases(entries, ordered);
    Optional<PhaseComparison> headline = headline(entries, phases);
    List<Recovery> recoveries = Recovery.of(phases);
    List<CpuCost> cpu = CpuCost.of(entries);
    List<IdleCost> idle = IdleCost.of(entries);
    BillComparison bills =
        BillComparison.of(headline.map(h -> Cost.of(h, prices)).orElse(List.of()));
    return new ReportModel(
        entries,
        Finding.of(entries, headline, recoveries, idle, phases, cpu),
        RoundTripAnswer.of(phases),
        Stream.of(
                WorkloadDifference.between(entries),
                ReachedLimit.reached(entries),
                PhaseTrend.in(phases),
                lastOfShards(entries, ordered))
            .flatMap(List::stream)
            .toList(),
        entries.stream().map(DeliveryTotal::of).toList(),
        phases,
        recoveries,
        headline,
        FanOutLine.of(entries, phases),
        cpu,
        idle,
        headline.map(ReportModel::timelines).orElse(List.of()),
        bills,
        MemoryTrend.of(entries),
        Sensitivity.of(headline, phases, atLargest(cpu), bills, prices),
        SettingCost.of(phases),
        prices);
  }

  /** A sentence on how to measure the third design; empty unless the other two were compared. */
  public Optional<String> hint() {
    return ThirdDesign.hint(entries);
  }

  /** Phases of one kind. */
  public List<PhaseComparison> phases(PhaseKind kind) {
    return phases.stream().filter(p -> p.phase().kind() == kind).toList();
  }

  /** Processor time at the largest fan-out that has it: what the first lines quote. */
  public List<CpuCost> headlineCpu() {
    return atLargest(cpu);
  }

  private static List<CpuCost> atLargest(List<CpuCost> cpu) {
    Optional<Phase> largest =
        cpu.stream().map(CpuCost::phase).max(Comparator.comparingInt(Phase::fanOut));
    return cpu.stream()
        .filter(c -> largest.map(Phase::name).equals(Optional.of(c.phase().name())))
        .toList();
  }

  private static boolean isFloor(Run run) {
    return run.target().kind().equals(ReportedRun.FLOOR);
  }

  private static List<ReportedRun> entries(List<RecordedRun> recorded) {
    List<ReportedRun> entries = new ArrayList<>();
    Map<String, Integer> seen = new LinkedHashMap<>();
    int slot = 0;
    for (RecordedRun each : recorded) {
      Run run = each.run();
      String label = run.target().label();
      int number = seen.merge(label, 1, Integer::sum);
      String name = number == 1 ? label : label + " #" + number;
      entries.add(new ReportedRun(isFloor(run) ? -1 : slot++, name, run));
    }
    return entries;
  }

  private static List<String> lastOfShards(List<ReportedRun> entries, List<RecordedRun> recorded) {
    List<String> sentences = new ArrayList<>();
    for (int i = 0; i < entries.size(); i++) {
      sentences.addAll(LastOfShard.of(entries.get(i), recorded.get(i).measured()));
    }
    return sentences;
  }

  private static List<PhaseComparison> phases(
      List<ReportedRun> entries, List<RecordedRun> recorded) {
    Map<String, List<PhaseComparison.Result>> results = new LinkedHashMap<>();
    for (int i = 0; i < entries.size(); i++) {
      for (RecordedPhase phase : recorded.get(i).measured()) {
        if (phase.phase().kind() == PhaseKind.IDLE) {
          continue;
        }
        results
            .computeIfAbsent(phase.phase().name(), name -> new ArrayList<>())
            .add(new PhaseComparison.Result(entries.get(i), phase));
      }
    }
    return results.values().stream().map(PhaseComparison::of).toList();
  }

  /**
   * The fan-out phases but the headline as they went by in the compared runs, those that swung most
   * in front.
   */
  public List<PhaseTimeline> otherTimelines() {
    return phases(PhaseKind.FANOUT).stream()
        .filter(phase -> !headline.map(PhaseComparison::title).equals(Optional.of(phase.title())))
        .map(phase -> new PhaseTimeline(phase.title(), compared(timelines(phase))))
        .filter(phase -> phase.timelines().stream().anyMatch(t -> !t.latencies().isEmpty()))
        .sorted(Comparator.comparingDouble(PhaseTimeline::swing).reversed())
        .toList();
  }

  private static List<Timeline> compared(List<Timeline> timelines) {
    return timelines.stream().filter(each -> each.entry().compared()).toList();
  }

  private static List<Timeline> timelines(PhaseComparison phase) {
    return phase.results().stream()
        .flatMap(r -> Timeline.of(r.entry(), r.recorded()).stream())
        .toList();
  }

  private static Optional<PhaseComparison> headline(
      List<ReportedRun> entries, List<PhaseComparison> phases) {
    List<ReportedRun> compared = entries.stream().filter(ReportedRun::compared).toList();
    List<ReportedRun> asked = compared.isEmpty() ? entries : compared;
    return phases.stream()
        .filter(p -> p.holdsAll(asked))
        .max(
            Comparator.comparing((PhaseComparison p) -> p.phase().kind())
                .thenComparing(p -> p.phase().fanOut())
                .thenComparing(p -> asked.stream().noneMatch(e -> e.isCold(p.phase()))));
  }
}
