package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseBuilder;
import dev.fanbench.measurement.workload.PhaseKind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The size from which a message takes certainly longer than the smallest, in one run.
 *
 * @param entry the run
 * @param bytes that size, or the largest where none takes longer
 * @param median its p50 beside that of the smallest size
 */
record SizeCost(ReportedRun entry, int bytes, PairedMedian median) {

  /** The finding; empty unless fan-out phases differ in nothing but their sizes. */
  static Optional<Finding> finding(
      List<PhaseComparison> phases, List<CpuCost> cpu, String certainty) {
    List<PhaseComparison> sizes = sizes(phases);
    if (sizes.size() < 2) {
      return Optional.empty();
    }
    List<SizeCost> costs = of(sizes);
    if (!PairedMedian.known(costs.stream().map(SizeCost::median).toList())) {
      return Optional.empty();
    }
    Phase smallest = sizes.get(0).phase();
    List<ReportedRun> entries = costs.stream().map(SizeCost::entry).toList();
    return Optional.of(
        new Finding(
            "Half of the time the last of %s subscribers sees a message later %s."
                .formatted(
                    UnitFormat.count(smallest.fanOut()),
                    Finding.joined(
                        costs.stream().map(cost -> cost.text(entries, smallest)).toList())),
            cpu(cpu, sizes.stream().map(PhaseComparison::phase).toList()),
            certainty));
  }

  private static String cpu(List<CpuCost> cpu, List<Phase> sizes) {
    List<String> bytes = sizes.stream().map(p -> UnitFormat.bytes(p.payloadBytes())).toList();
    return CpuCost.text(cpu, sizes, "at " + Finding.joined(bytes));
  }

  /** The phases that differ from the first fan-out in their size only, the smallest first. */
  private static List<PhaseComparison> sizes(List<PhaseComparison> phases) {
    List<PhaseComparison> sized =
        phases.stream()
            .filter(p -> p.phase().kind() == PhaseKind.FANOUT && p.phase().undisturbed())
            .filter(p -> p.phase().payloadBytes() > 0)
            .sorted(Comparator.comparingInt(p -> p.phase().payloadBytes()))
            .toList();
    return sized.stream()
        .filter(p -> anySize(p.phase()).equals(anySize(sized.get(0).phase())))
        .toList();
  }

  private static Phase anySize(Phase phase) {
    return PhaseBuilder.builder(phase).name("any").payloadBytes(0).build();
  }

  private static List<SizeCost> of(List<PhaseComparison> sizes) {
    List<SizeCost> costs = new ArrayList<>();
    for (PairedMedian largest : PairedMedian.of(sizes.get(sizes.size() - 1), sizes.get(0))) {
      costs.add(
          sizes.stream()
              .skip(1)
              .flatMap(size -> of(size, sizes.get(0), largest.entry()).stream())
              .filter(cost -> cost.median.ratio().exceedsOne())
              .findFirst()
              .orElse(
                  new SizeCost(
                      largest.entry(),
                      sizes.get(sizes.size() - 1).phase().payloadBytes(),
                      largest)));
    }
    return costs;
  }

  private static Optional<SizeCost> of(
      PhaseComparison size, PhaseComparison smallest, ReportedRun entry) {
    return PairedMedian.of(size, smallest).stream()
        .filter(median -> median.entry().equals(entry))
        .map(median -> new SizeCost(entry, size.phase().payloadBytes(), median))
        .findFirst();
  }

  private String text(List<ReportedRun> entries, Phase smallest) {
    String size = UnitFormat.bytes(bytes);
    return "%s %s (%s at %s, %s at %s, so %s)"
        .formatted(
            median.ratio().exceedsOne() ? "from " + size : "at no size",
            Finding.where(entry, entries),
            Finding.time(median.base()),
            UnitFormat.bytes(smallest.payloadBytes()),
            Finding.time(median.value()),
            size,
            median.ratio().listed());
  }
}
