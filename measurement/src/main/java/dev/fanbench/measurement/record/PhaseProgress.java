package dev.fanbench.measurement.record;

import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.Interval;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.workload.Phase;
import java.util.Map;

/**
 * The progress of a phase by the end of an interval.
 *
 * @param phase as offered
 * @param due arrivals whose intended time has passed
 * @param deliveryCount counts so far: {@code missing} counts given-up deliveries only
 * @param gained what each series gained in the interval; those that gained nothing are left out
 */
public record PhaseProgress(
    Phase phase, int due, DeliveryCount deliveryCount, Map<Series, Interval> gained) {

  public PhaseProgress {
    gained = Map.copyOf(gained);
  }
}
