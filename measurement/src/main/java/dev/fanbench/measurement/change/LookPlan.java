package dev.fanbench.measurement.change;

import java.util.List;
import java.util.stream.IntStream;

/**
 * The numbers of pairs after which a series is looked at, fixed before its first run. With more
 * looks one of them errs more easily, so each has a higher confidence: of m looks 1 − 0.01 ÷ m, so
 * that all together hold with 99 % (Bonferroni).
 *
 * <pre>{@code
 * LookPlan looks = LookPlan.upTo(30); // 5, 8, 12, 19 and 30 pairs, each with 99.8 %
 * }</pre>
 *
 * @param pairs the number of pairs at each look, rising
 */
public record LookPlan(List<Integer> pairs) {
  /** More looks make each interval wider. */
  private static final int MOST_LOOKS = 5;

  public LookPlan {
    pairs = List.copyOf(pairs);
  }

  /** One look, after this number of pairs. */
  public static LookPlan once(int pairs) {
    return new LookPlan(List.of(pairs));
  }

  /** Up to five looks, the first after five pairs and the last after the most. */
  public static LookPlan upTo(int most) {
    int first = ComparedSide.ADVISED_RUNS;
    if (most <= first) {
      return once(most);
    }
    double growth = Math.pow((double) most / first, 1.0 / (MOST_LOOKS - 1));
    return new LookPlan(
        IntStream.range(0, MOST_LOOKS)
            .map(look -> (int) Math.round(first * Math.pow(growth, look)))
            .distinct()
            .boxed()
            .toList());
  }

  /** The number of pairs at the last look. */
  public int most() {
    return pairs.get(pairs.size() - 1);
  }

  /** Whether there is a look after this number of pairs. */
  public boolean isLook(int after) {
    return pairs.contains(after);
  }

  /** The confidence of the interval at each look, from 0 to 1. */
  public double confidence() {
    return 1 - (1 - RatioInterval.CONFIDENCE) / pairs.size();
  }

  /** The plan in words. */
  public String sentence() {
    return pairs.size() == 1
        ? "One look, after %d pairs.".formatted(most())
        : "At most %d looks, after %s pairs; the interval of each has %s confidence."
            .formatted(
                pairs.size(),
                String.join(", ", pairs.stream().map(String::valueOf).toList()),
                new RatioInterval(1, 1, 1, confidence()).confidenceText());
  }
}
