package dev.fanbench.measurement.change;

import java.util.Optional;

/**
 * Judges metrics of two sides whose invalid runs are left out already. Runs that took turns are
 * judged pair by pair, others side by side.
 *
 * @param seed of every draw
 * @param rule what counts as a change
 */
record Judge(ComparedSide base, ComparedSide now, long seed, ChangeRule rule) {

  Change judge(Metric metric) {
    Optional<RunPairing> pairing = RunPairing.of(base, now);
    Optional<String> tooFew =
        pairing.isPresent() ? tooFewPairs(pairing.get().pairs().size()) : tooFewRuns();
    if (tooFew.isPresent()) {
      return Change.unjudged(metric, Verdict.TOO_FEW_RUNS, tooFew.get());
    }
    Optional<String> obstacle =
        Comparability.obstacle(base, now)
            .or(() -> Comparability.obstacle(base, now, metric.phase()));
    if (obstacle.isPresent()) {
      return Change.unjudged(metric, Verdict.NOT_COMPARABLE, obstacle.get());
    }
    return pairing
        .map(pairs -> new PairJudge(base, now, pairs, rule).judge(metric))
        .orElseGet(() -> sideBySide(metric));
  }

  private Optional<String> tooFewRuns() {
    int least = Math.min(base.runs().size(), now.runs().size());
    return least >= ComparedSide.LEAST_RUNS
        ? Optional.empty()
        : Optional.of(
            "%d valid of %s and %d of %s, and %d of each are needed"
                .formatted(
                    base.runs().size(),
                    base.name(),
                    now.runs().size(),
                    now.name(),
                    ComparedSide.LEAST_RUNS));
  }

  private static Optional<String> tooFewPairs(int pairs) {
    return pairs >= ComparedSide.LEAST_RUNS
        ? Optional.empty()
        : Optional.of(
            "%s of valid runs, and %d are needed"
                .formatted(RunPairing.count(pairs), ComparedSide.LEAST_RUNS));
  }

  private Change sideBySide(Metric metric) {
    MetricReader.Reading first = MetricReader.read(metric, base);
    MetricReader.Reading second = MetricReader.read(metric, now);
    if (first.sampled().isEmpty() || second.sampled().isEmpty()) {
      String why = first.sampled().isEmpty() ? first.why() : second.why();
      return Change.unjudged(metric, Verdict.NOT_COMPARABLE, why);
    }
    LoadPart load = LoadPart.of(metric, base, now);
    return Change.of(
        metric,
        Estimate.of(first.sampled().get(), Estimate.DRAWS, seed),
        Estimate.of(second.sampled().get(), Estimate.DRAWS, seed + 1),
        load.targetShare(base),
        load.targetShare(now),
        rule);
  }
}
