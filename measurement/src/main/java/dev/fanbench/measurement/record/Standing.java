package dev.fanbench.measurement.record;

import dev.fanbench.measurement.run.Books;
import dev.fanbench.measurement.run.Interval;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.workload.Phase;
import java.util.Map;

/**
 * The progress of a phase by the end of an interval.
 *
 * @param phase as offered
 * @param due arrivals whose intended time has passed
 * @param books as they stand: {@code missing} counts given-up deliveries only
 * @param gained what each series gained in the interval; those that gained nothing are left out
 */
public record Standing(Phase phase, int due, Books books, Map<Series, Interval> gained) {

  public Standing {
    gained = Map.copyOf(gained);
  }
}
