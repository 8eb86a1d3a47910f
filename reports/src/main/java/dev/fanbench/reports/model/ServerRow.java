package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.PercentileValue;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.TargetDescription;
import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.target.TargetKind;
import java.util.Optional;

/**
 * One server in a comparison of servers, as texts that page and documents show.
 *
 * @param name of the target, and of its folder
 * @param version of the server; empty for a server of fanbench
 * @param verdict whether to believe the run
 * @param single one publication at a time
 * @param flood several publications in flight
 * @param connect p50 of a connect with its interval
 * @param memory of each further connection
 * @param reach deliveries of those expected
 * @param outOfOrder deliveries whose sequence went back
 * @param duplicates deliveries seen again
 */
public record ServerRow(
    String name,
    String version,
    String verdict,
    Load single,
    Load flood,
    String connect,
    String memory,
    String reach,
    long outOfOrder,
    long duplicates) {

  /** Stands for a figure that is not known. */
  static final String UNKNOWN = "–";

  /**
   * The figures of one fan-out phase.
   *
   * @param last p50 of the time to last delivery with its interval
   * @param lastNanos the same without interval; a large number where it is not known
   * @param cpu of the target for each delivery
   * @param overFloor the same, divided by the floor's, with its interval
   */
  public record Load(String last, long lastNanos, String cpu, String overFloor) {

    static Load of(ReportModel comparison, PhaseComparison phase, ReportedRun entry) {
      Optional<PercentileValue> last = p50(phase, Series.LAST_DELIVERY, entry);
      Optional<CpuCost> cpu =
          comparison.cpu().stream()
              .filter(cost -> cost.entry().equals(entry) && cost.phase().equals(phase.phase()))
              .findFirst();
      return new Load(
          text(last),
          last.orElse(null) instanceof PercentileValue.Time time ? time.nanos() : Long.MAX_VALUE,
          cpu.map(cost -> UnitFormat.time(cost.nanosPerDelivery())).orElse(UNKNOWN),
          cpu.map(CpuCost::overFloor).filter(Ratio::known).map(Ratio::text).orElse(UNKNOWN));
    }
  }

  static ServerRow of(
      ReportModel comparison,
      PhaseComparison single,
      PhaseComparison flood,
      Optional<PhaseComparison> connect,
      DeliveryTotal total) {
    ReportedRun entry = total.entry();
    return new ServerRow(
        entry.name(),
        entry.run().target().settings().getOrDefault(TargetDescription.VERSION, ""),
        entry.run().validity().verdict().name(),
        Load.of(comparison, single, entry),
        Load.of(comparison, flood, entry),
        text(connect.flatMap(phase -> p50(phase, Series.RESPONSE, entry))),
        IdleCost.bytes(IdleCost.furtherBytes(comparison.idle(), entry)),
        reach(total),
        total.outOfOrder(),
        total.duplicates());
  }

  private static Optional<PercentileValue> p50(
      PhaseComparison phase, Series series, ReportedRun entry) {
    return phase.row(series, entry).map(row -> row.distribution().at(Percentile.P50));
  }

  private static String text(Optional<PercentileValue> value) {
    return value
        .filter(known -> !(known instanceof PercentileValue.TooFewSamples))
        .map(PercentileValue::text)
        .orElse(UNKNOWN);
  }

  private static String reach(DeliveryTotal total) {
    return total.delivered() == total.expected()
        ? "all " + UnitFormat.count(total.expected())
        : UnitFormat.count(total.delivered()) + " of " + UnitFormat.count(total.expected());
  }

  /** Whether this target is a server of another project, or the third design. */
  static boolean isServer(ReportedRun entry) {
    return entry.design() == TargetKind.SERVER || entry.design() == TargetKind.DURABLE_OBJECT;
  }
}
