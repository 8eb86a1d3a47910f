package dev.fanbench.measurement.change;

import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.RecordedSeries;
import java.util.Optional;
import java.util.function.ToDoubleFunction;
import java.util.stream.Stream;

/**
 * The part of each time that the load may have added by late sends and late reads. CPU has none. A
 * load that did not record how late it read leaves it unknown, and then for both sides: knowing it
 * of one alone would pull the ratio to that side.
 */
final class LoadPart {
  private final ToDoubleFunction<RecordedRun> targetShare;

  private LoadPart(ToDoubleFunction<RecordedRun> targetShare) {
    this.targetShare = targetShare;
  }

  static LoadPart of(Metric metric, ComparedSide base, ComparedSide now) {
    if (!(metric instanceof Metric.Latency latency)) {
      return new LoadPart(run -> 1);
    }
    boolean known =
        Stream.of(base, now)
            .flatMap(side -> Stream.concat(side.runs().stream(), side.floors().stream()))
            .flatMap(run -> series(latency, run).stream())
            .allMatch(RecordedSeries::knowsLeast);
    return new LoadPart(
        known
            ? run ->
                series(latency, run).map(each -> 1 - each.loadShare(latency.rank())).orElse(1.0)
            : run -> 1);
  }

  private static Optional<RecordedSeries> series(Metric.Latency metric, RecordedRun run) {
    return MetricReader.phase(run, metric.phase()).flatMap(phase -> phase.series(metric.series()));
  }

  /** The part of a run's figure that is surely the target's: 1 less the load's share. */
  double targetShare(RecordedRun run) {
    return targetShare.applyAsDouble(run);
  }

  /** The geometric mean over the runs of a side, as ratios are means of logarithms. */
  double targetShare(ComparedSide side) {
    double[] logs = side.runs().stream().mapToDouble(run -> Math.log(targetShare(run))).toArray();
    return Math.exp(SampleMean.of(logs).mean());
  }
}
