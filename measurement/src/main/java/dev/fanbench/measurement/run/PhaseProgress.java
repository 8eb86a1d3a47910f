package dev.fanbench.measurement.run;

import dev.fanbench.measurement.workload.Phase;
import java.util.Map;

/**
 * The progress of a phase by the end of an interval.
 *
 * @param phase as offered
 * @param atNanos the end of the interval, in nanoseconds since the run's epoch
 * @param due arrivals whose intended time has passed
 * @param deliveryCount counts so far: {@code missing} counts given-up deliveries only
 * @param gained what each series gained in the interval; those that gained nothing are left out
 */
public record PhaseProgress(
    Phase phase, long atNanos, int due, DeliveryCount deliveryCount, Map<Series, Interval> gained) {

  public PhaseProgress {
    gained = Map.copyOf(gained);
  }
}
