package dev.fanbench.measurement.change;

import dev.fanbench.measurement.run.RecordedPhase;
import dev.fanbench.measurement.run.RecordedSeries;
import dev.fanbench.measurement.workload.Phase;
import java.util.List;
import java.util.Optional;

/**
 * The main latency of one phase on both sides.
 *
 * @param metric its p50, which names the series
 * @param phase that both sides measured
 * @param base percentiles of the first side
 * @param now percentiles of the second side
 */
public record PhaseCurve(Metric.Latency metric, Phase phase, SideCurve base, SideCurve now) {

  /**
   * Reads both sides.
   *
   * @return empty when a run has no samples of it, or when the runs offered different things
   */
  static Optional<PhaseCurve> of(
      Phase phase, ComparedSide base, ComparedSide now, double confidence) {
    Metric.Latency metric = Metric.headline(phase);
    Optional<SideCurve> first = side(metric, base, confidence);
    Optional<SideCurve> second = side(metric, now, confidence);
    return first.isEmpty()
            || second.isEmpty()
            || Comparability.obstacle(base, now, phase.name()).isPresent()
        ? Optional.empty()
        : Optional.of(new PhaseCurve(metric, phase, first.get(), second.get()));
  }

  private static Optional<SideCurve> side(
      Metric.Latency metric, ComparedSide side, double confidence) {
    List<RecordedPhase> phases =
        side.runs().stream()
            .flatMap(run -> MetricReader.phase(run, metric.phase()).stream())
            .toList();
    boolean whole =
        !phases.isEmpty() && phases.stream().allMatch(phase -> hasSamples(phase, metric));
    return whole
        ? Optional.of(
            SideCurve.of(
                phases.stream().map(each -> MetricReader.samples(each, metric.series())).toList(),
                confidence))
        : Optional.empty();
  }

  private static boolean hasSamples(RecordedPhase phase, Metric.Latency metric) {
    Optional<RecordedSeries> series = phase.series(metric.series());
    return series.isPresent()
        && series.get().histogram().getTotalCount() + series.get().undelivered() > 0;
  }
}
