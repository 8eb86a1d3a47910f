package dev.fanbench.reports.jmh;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Cost of a variant beside another with the same parameters: processor time for each delivery where
 * both have it, else the score.
 *
 * @param ratio its figure ÷ the other's
 * @param known whether both figures have an interval
 * @param differs whether their 99.9 % intervals have nothing in common
 */
public record JmhRatio(double ratio, boolean known, boolean differs) {

  /** Values of the parameter that selects the variant to compare with. */
  private static final Map<String, String> NAIVE =
      Map.of("kind", "CHANNEL_GROUP", "requests", "ONE_AT_A_TIME");

  private static final String FLOOR = "FloorBenchmark.publish";

  /** To the naive variant of the same benchmark; none for itself, or where it did not run. */
  static Optional<JmhRatio> toNaive(JmhResult result, Iterable<JmhResult> all) {
    SortedMap<String, String> naive = new TreeMap<>(result.parameters());
    NAIVE.forEach((parameter, variant) -> naive.computeIfPresent(parameter, (p, v) -> variant));
    if (naive.equals(result.parameters())) {
      return Optional.empty();
    }
    for (JmhResult other : all) {
      if (other.benchmark().equals(result.benchmark()) && other.parameters().equals(naive)) {
        return between(result, other);
      }
    }
    return Optional.empty();
  }

  /** To the floor at the same fan-out and payload; none for itself, or where it did not run. */
  static Optional<JmhRatio> toFloor(JmhResult result, Iterable<JmhResult> all) {
    for (JmhResult other : all) {
      if (other.name().equals(FLOOR)
          && !result.name().equals(FLOOR)
          && result.parameters().entrySet().containsAll(other.parameters().entrySet())) {
        return between(result, other);
      }
    }
    return Optional.empty();
  }

  private static Optional<JmhRatio> between(JmhResult result, JmhResult other) {
    if (!result.measuresTime() || !result.mode().equals(other.mode())) {
      return Optional.empty();
    }
    boolean onProcessor = result.cpuPerDelivery().isPresent() && other.cpuPerDelivery().isPresent();
    JmhMetric ours = onProcessor ? result.cpuPerDelivery().get() : result.score();
    JmhMetric theirs = onProcessor ? other.cpuPerDelivery().get() : other.score();
    return theirs.score() > 0 && ours.unit().equals(theirs.unit())
        ? Optional.of(
            new JmhRatio(
                ours.score() / theirs.score(),
                ours.hasInterval() && theirs.hasInterval(),
                ours.differsFrom(theirs)))
        : Optional.empty();
  }
}
