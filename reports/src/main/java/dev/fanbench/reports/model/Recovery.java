package dev.fanbench.reports.model;

import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.PercentileTable;
import dev.fanbench.measurement.run.PercentileValue;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.UnitFormat;
import dev.fanbench.measurement.workload.Outage;
import java.util.List;
import java.util.OptionalDouble;

/**
 * Recovery of one run's subscribers after the outage of a phase.
 *
 * @param phase with the outage
 * @param entry the run
 * @param result of the phase in it
 * @param reconnect from the loss of a connection until the room had confirmed it again
 */
public record Recovery(
    PhaseComparison phase, ReportedRun entry, PhaseResult result, PercentileTable reconnect) {

  /** Of all runs, phase by phase; empty when no phase has an outage. */
  static List<Recovery> of(List<PhaseComparison> phases) {
    return phases.stream()
        .filter(phase -> phase.phase().outage().any())
        .flatMap(phase -> phase.results().stream().flatMap(r -> of(phase, r).stream()))
        .toList();
  }

  private static List<Recovery> of(PhaseComparison phase, PhaseComparison.Result result) {
    return phase.row(Series.RECONNECT, result.entry()).stream()
        .map(row -> row.distribution().percentiles())
        .map(percentiles -> new Recovery(phase, result.entry(), result.result(), percentiles))
        .toList();
  }

  /** The fault injected into the target, and the time until it accepted connections again. */
  public String what() {
    OptionalDouble down = counted(Outage.DOWN_NANOS);
    return down.isPresent()
        ? "%s; up again after %s"
            .formatted(result.phase().outage().text(), UnitFormat.time(down.getAsDouble()))
        : "every connection dropped; it stayed up";
  }

  /** Within how long half of them, and so on, were back: {@code 1.2 s}, or that they were not. */
  public String backWithin(Percentile rank) {
    PercentileValue value = reconnect.at(rank);
    if (value instanceof PercentileValue.TooFewSamples) {
      return "–";
    }
    return value instanceof PercentileValue.NotDelivered ? "not back" : value.text();
  }

  /** Nanoseconds from the first loss until the last subscriber was back; empty while one is not. */
  public OptionalDouble allBackNanos() {
    return counted(Outage.ALL_BACK_NANOS);
  }

  /** {@code 2.3 s}, or {@code 12 were not back}. */
  public String allBack() {
    long away = result.undelivered().getOrDefault(Series.RECONNECT.label(), 0L);
    return allBackNanos().isPresent()
        ? UnitFormat.time(allBackNanos().getAsDouble())
        : UnitFormat.count(away) + " were not back";
  }

  /** Connects that all of them tried together. */
  public String tries() {
    return UnitFormat.count(Math.round(counted(Outage.TRIES).orElse(0)));
  }

  /** {@code 812 of 48,000}: deliveries that found a subscriber away. */
  public String missedAway() {
    DeliveryCount deliveryCount = result.deliveryCount();
    return UnitFormat.count(deliveryCount.missedAway())
        + " of "
        + UnitFormat.count(deliveryCount.expected());
  }

  /** {@code 6 of 120}: publications whose publisher was away itself. */
  public String unsent() {
    return UnitFormat.count(result.deliveryCount().failed())
        + " of "
        + UnitFormat.count(result.phase().count());
  }

  private OptionalDouble counted(String name) {
    Double value = result.load() == null ? null : result.load().counters().get(name);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }
}
