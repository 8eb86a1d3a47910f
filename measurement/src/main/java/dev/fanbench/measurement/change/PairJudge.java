package dev.fanbench.measurement.change;

import dev.fanbench.measurement.run.RecordedRun;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Judges metrics of pairs. A run's figure is its percentile or its CPU; the ratio is the mean of
 * the pairs' log ratios with an interval of Student's t (docs/adr/0040-ab-compares-pairs.md).
 *
 * <p>Both sides had the same load. So the load added all that it may have added on both, or nothing
 * on both, or the same share of it. The interval holds the ratio in each of these cases.
 *
 * @param base the first side, for its name
 * @param now the second side, for its name
 * @param rule what counts as a change
 */
record PairJudge(ComparedSide base, ComparedSide now, RunPairing pairing, ChangeRule rule) {

  Change judge(Metric metric) {
    Figures first = figures(metric, base, RunPair::base, RunPair::baseFloor);
    Figures second = figures(metric, now, RunPair::now, RunPair::nowFloor);
    if (!first.why().isEmpty() || !second.why().isEmpty()) {
      String why = first.why().isEmpty() ? second.why() : first.why();
      return Change.unjudged(metric, Verdict.NOT_COMPARABLE, why);
    }
    Optional<RatioInterval> measured =
        PairedRatio.of(first.amounts(), second.amounts(), rule.confidence());
    Optional<RatioInterval> leastOfAll =
        PairedRatio.of(first.leastAmounts(), second.leastAmounts(), rule.confidence());
    if (measured.isPresent() && leastOfAll.isEmpty()) {
      return Change.unjudged(metric, Verdict.NOT_COMPARABLE, Judge.ALL_OF_THE_LOAD);
    }
    return Change.of(
        metric,
        first.pooled(),
        second.pooled(),
        measured.map(ratio -> ratio.spanning(leastOfAll.get())),
        rule);
  }

  /**
   * A metric of one side.
   *
   * @param perRun a figure for each pair, over the floor's where that is asked for
   * @param least the same without all that the load may have added
   * @param pooled the metric over all runs together
   * @param why the clause that says why it cannot be read, otherwise empty
   */
  private record Figures(List<Double> perRun, List<Double> least, Estimate pooled, String why) {

    double[] amounts() {
      return perRun.stream().mapToDouble(each -> each).toArray();
    }

    double[] leastAmounts() {
      return least.stream().mapToDouble(each -> each).toArray();
    }

    static Figures none(String why) {
      return new Figures(List.of(), List.of(), Estimate.unknown(), why);
    }
  }

  private Figures figures(
      Metric metric,
      ComparedSide side,
      Function<RunPair, RecordedRun> runOf,
      Function<RunPair, Optional<RecordedRun>> floorOf) {
    List<RecordedRun> runs = pairing.pairs().stream().map(runOf).toList();
    List<Double> perRun = new ArrayList<>();
    List<Double> least = new ArrayList<>();
    double[] measured = new double[runs.size()];
    for (int i = 0; i < runs.size(); i++) {
      MetricReader.Reading run = read(metric, side.name(), runs.get(i));
      if (run.sampled().isEmpty()) {
        return Figures.none(run.why());
      }
      double figure = run.sampled().get().value();
      double share = MetricReader.targetShare(metric, runs.get(i));
      measured[i] = figure;
      if (pairing.overFloor()) {
        Optional<RecordedRun> floor = floorOf.apply(pairing.pairs().get(i));
        Optional<Double> cost = floor.flatMap(each -> value(metric, side.name(), each));
        if (cost.isEmpty()) {
          return Figures.none("a turn of " + side.name() + " has no valid floor");
        }
        figure /= cost.get();
        share /= MetricReader.targetShare(metric, floor.get());
      }
      perRun.add(figure);
      least.add(figure * share);
    }
    SampledMetric all =
        MetricReader.read(metric, new ComparedSide(side.name(), runs)).sampled().orElseThrow();
    return new Figures(perRun, least, Estimate.of(all.value(), measured), "");
  }

  private static Optional<Double> value(Metric metric, String side, RecordedRun run) {
    return read(metric, side, run)
        .sampled()
        .map(SampledMetric::value)
        .filter(value -> value > 0 && Double.isFinite(value));
  }

  private static MetricReader.Reading read(Metric metric, String side, RecordedRun run) {
    return MetricReader.read(metric, new ComparedSide(side, List.of(run)));
  }
}
