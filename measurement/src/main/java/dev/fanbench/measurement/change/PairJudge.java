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
 * <p>The load may have added some of each time. The interval begins at the least of one side over
 * the most of the other. In a duet one load is taken to have added the same share of what it may
 * have added on both sides. The interval then spans the ratios with and without all of it.
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
    return Change.of(
        metric,
        first.pooled(),
        second.pooled(),
        ratio(first.values(), second.values()).map(measured -> widened(measured, first, second)),
        rule);
  }

  private Optional<RatioInterval> ratio(List<Double> first, List<Double> second) {
    return PairedRatio.of(array(first), array(second), rule.confidence());
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(each -> each).toArray();
  }

  /** The least of one side over the most of the other; in a duet, over the least of the other. */
  private RatioInterval widened(RatioInterval measured, Figures first, Figures second) {
    Optional<RatioInterval> low =
        ratio(pairing.duet() ? first.least() : first.most(), second.least());
    Optional<RatioInterval> high =
        ratio(first.least(), pairing.duet() ? second.least() : second.most());
    boolean lowKnown = pairing.duet() && !second.mayBeNothing();
    boolean highKnown = pairing.duet() && !first.mayBeNothing();
    return measured.spanning(
        low.map(RatioInterval::low).orElse(lowKnown ? measured.low() : 0),
        high.map(RatioInterval::high)
            .orElse(highKnown ? measured.high() : Double.POSITIVE_INFINITY));
  }

  /**
   * A metric of one side, a figure for each pair. It is over the floor's where that is asked for.
   *
   * @param values as measured
   * @param least without all that the load may have added
   * @param most with all that the load may have added to the floor taken out of that
   * @param pooled the metric over all runs together
   * @param why the clause that says why it cannot be read, otherwise empty
   */
  private record Figures(
      List<Double> values, List<Double> least, List<Double> most, Estimate pooled, String why) {

    /** Whether the load may have added all of a run's time. */
    boolean mayBeNothing() {
      return least.stream().anyMatch(each -> each <= 0);
    }

    static Figures none(String why) {
      return new Figures(List.of(), List.of(), List.of(), Estimate.unknown(), why);
    }
  }

  private Figures figures(
      Metric metric,
      ComparedSide side,
      Function<RunPair, RecordedRun> runOf,
      Function<RunPair, Optional<RecordedRun>> floorOf) {
    LoadPart load = LoadPart.of(metric, base, now);
    List<RecordedRun> runs = pairing.pairs().stream().map(runOf).toList();
    double[] measured = new double[runs.size()];
    List<Double> values = new ArrayList<>();
    List<Double> least = new ArrayList<>();
    List<Double> most = new ArrayList<>();
    for (int i = 0; i < runs.size(); i++) {
      MetricReader.Reading run = read(metric, side.name(), runs.get(i));
      if (run.sampled().isEmpty()) {
        return Figures.none(run.why());
      }
      measured[i] = run.sampled().get().value();
      double floorCost = 1;
      double floorShare = 1;
      if (pairing.overFloor()) {
        Optional<RecordedRun> floor = floorOf.apply(pairing.pairs().get(i));
        Optional<Double> cost = floor.flatMap(each -> value(metric, side.name(), each));
        if (cost.isEmpty()) {
          return Figures.none("a turn of " + side.name() + " has no valid floor");
        }
        floorCost = cost.get();
        floorShare = load.targetShare(floor.get());
      }
      double value = measured[i] / floorCost;
      values.add(value);
      least.add(value * load.targetShare(runs.get(i)));
      most.add(value / floorShare);
    }
    SampledMetric all =
        MetricReader.read(metric, new ComparedSide(side.name(), runs)).sampled().orElseThrow();
    return new Figures(values, least, most, Estimate.of(all.value(), measured), "");
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
