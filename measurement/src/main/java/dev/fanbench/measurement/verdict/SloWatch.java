package dev.fanbench.measurement.verdict;

import dev.fanbench.measurement.run.Arrival;
import dev.fanbench.measurement.run.PhaseProgress;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.SloVerdict;
import dev.fanbench.measurement.workload.Phase;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds the first threshold of a run in progress that is missed for certain, whatever the rest of
 * the run brings.
 *
 * <p>A percentile is lost when more samples are over the limit than may be among all samples that
 * its phase will have. They may all have come in one stall and be worth fewer, so that more may be
 * over than of independent samples. A count is lost when it is over its limit, as it only grows.
 * Questions end no run. Thread-safe.
 */
public final class SloWatch {
  private final List<CountSlo> counts;
  private final List<LatencySlo> latencies;
  private final List<PhaseTotal> measured = new ArrayList<>();
  private PhaseTotal running;
  private Optional<SloVerdict> found = Optional.empty();

  /** Watches those thresholds that gate. */
  public SloWatch(List<Slo> slos) {
    counts = gates(slos, CountSlo.class).toList();
    latencies = gates(slos, LatencySlo.class).toList();
  }

  private static <T extends Slo> Stream<T> gates(List<Slo> slos, Class<T> type) {
    return slos.stream().filter(Slo::gate).filter(type::isInstance).map(type::cast);
  }

  /**
   * Adds an interval of the run.
   *
   * @return the verdict on a threshold that is missed, with the value and the second of the run.
   *     Empty also when all arrivals of a phase are due, as it ends by itself then
   */
  public synchronized Optional<SloVerdict> lost(PhaseProgress progress) {
    if (running != null && !running.phase().equals(progress.phase())) {
      running.forgetSamples();
      running = null;
    }
    if (progress.phase().warmUp()) {
      return Optional.empty();
    }
    if (running == null) {
      begin(progress.phase());
    }
    running.add(progress, needed(progress.phase()));
    if (found.isEmpty()) {
      found = look(progress);
    }
    return progress.due() < progress.phase().count() ? found : Optional.empty();
  }

  /** Adds the next arrival of the phase, whose first interval has been added. */
  public synchronized void add(Arrival arrival) {
    if (running != null) {
      running.add(arrival);
    }
  }

  private void begin(Phase phase) {
    running = new PhaseTotal(phase);
    measured.add(running);
    for (LatencySlo slo : latencies) {
      slo.seriesIn(phase)
          .filter(running::isOfArrivals)
          .ifPresent(series -> running.limit(slo.limitNanos()));
    }
  }

  private Optional<SloVerdict> look(PhaseProgress progress) {
    return Stream.concat(
            counts.stream().flatMap(slo -> slo.lost(measured).stream()),
            latencies.stream().flatMap(slo -> slo.lost(running).stream()))
        .findFirst()
        .map(verdict -> at(progress.atNanos(), verdict));
  }

  private Set<Series> needed(Phase phase) {
    Set<Series> needed = EnumSet.noneOf(Series.class);
    latencies.forEach(slo -> slo.seriesIn(phase).ifPresent(needed::add));
    return needed;
  }

  private static SloVerdict at(long nanos, SloVerdict verdict) {
    return new SloVerdict(
        verdict.expression(),
        verdict.phase(),
        verdict.gate(),
        false,
        "%s, at second %d of the run".formatted(verdict.observed(), nanos / 1_000_000_000));
  }
}
