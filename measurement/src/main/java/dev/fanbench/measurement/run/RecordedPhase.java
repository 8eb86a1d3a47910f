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
 * @param latencies response times by time and latency
 */
public record RecordedPhase(
    PhaseResult result,
    Map<Series, RecordedSeries> series,
    List<Arrival> arrivals,
    LatencyMap latencies) {

  public RecordedPhase {
    series = OrderedCopy.copyOf(series);
    arrivals = PackedArrivalList.copyOf(arrivals);
  }

  /** A phase whose response times are not known by time. */
  public RecordedPhase(
      PhaseResult result, Map<Series, RecordedSeries> series, List<Arrival> arrivals) {
    this(result, series, arrivals, new LatencyMap());
  }

  /** As offered. */
  public Phase phase() {
    return result.phase();
  }

  /** Arrivals of each block, in order; one block when the run did not record any. */
  public List<List<Arrival>> blocks() {
    return blocks(result, arrivals);
  }

  /**
   * The median time of each block, of last deliveries in a fan-out and of round trips otherwise.
   */
  public List<BlockMedian> blockMedians() {
    return BlockMedian.of(arrivals, blocks());
  }

  static List<List<Arrival>> blocks(PhaseResult result, List<Arrival> arrivals) {
    if (result.blocks().isEmpty()) {
      return List.of(arrivals);
    }
    return result.blocks().stream()
        .map(block -> arrivals.subList(block.first(), block.first() + block.count()))
        .toList();
  }

  /** One series, empty when this kind of phase does not have it. */
  public Optional<RecordedSeries> series(Series which) {
    return Optional.ofNullable(series.get(which));
  }
}
