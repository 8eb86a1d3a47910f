package dev.fanbench.measurement.run;

import dev.fanbench.measurement.workload.Phase;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that is kept of one phase.
 *
 * @param result as in {@code run.json}
 * @param series those that were taken, in the order of {@link Series}
 * @param arrivals every arrival, in order of its index
 */
public record RecordedPhase(
    PhaseResult result, Map<Series, RecordedSeries> series, List<Arrival> arrivals) {

  public RecordedPhase {
    series = OrderedCopy.copyOf(series);
    arrivals = List.copyOf(arrivals);
  }

  /** As offered. */
  public Phase phase() {
    return result.phase();
  }

  /** One series, empty when this kind of phase does not have it. */
  public Optional<RecordedSeries> series(Series which) {
    return Optional.ofNullable(series.get(which));
  }
}
