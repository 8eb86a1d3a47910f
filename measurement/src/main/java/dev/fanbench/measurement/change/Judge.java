package dev.fanbench.measurement.change;

import java.util.Optional;

/** Judges metrics of two sides whose invalid runs are left out already. */
record Judge(ComparedSide base, ComparedSide now, long seed) {

  Change judge(Metric metric) {
    int least = Math.min(base.runs().size(), now.runs().size());
    if (least < ComparedSide.LEAST_RUNS) {
      String why =
          "%d valid of %s and %d of %s, and %d of each are needed"
              .formatted(
                  base.runs().size(),
                  base.name(),
                  now.runs().size(),
                  now.name(),
                  ComparedSide.LEAST_RUNS);
      return Change.unjudged(metric, Verdict.TOO_FEW_RUNS, why);
    }
    Optional<String> obstacle =
        Comparability.obstacle(base, now)
            .or(() -> Comparability.obstacle(base, now, metric.phase()));
    if (obstacle.isPresent()) {
      return Change.unjudged(metric, Verdict.NOT_COMPARABLE, obstacle.get());
    }
    MetricReader.Reading first = MetricReader.read(metric, base);
    MetricReader.Reading second = MetricReader.read(metric, now);
    if (first.sampled().isEmpty() || second.sampled().isEmpty()) {
      String why = first.sampled().isEmpty() ? first.why() : second.why();
      return Change.unjudged(metric, Verdict.NOT_COMPARABLE, why);
    }
    return Change.of(
        metric,
        Estimate.of(first.sampled().get(), Estimate.DRAWS, seed),
        Estimate.of(second.sampled().get(), Estimate.DRAWS, seed + 1));
  }
}
