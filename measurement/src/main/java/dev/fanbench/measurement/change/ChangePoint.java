package dev.fanbench.measurement.change;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * A place in a series of runs from which on a figure is another one.
 *
 * <p>E-divisive finds candidates (Matteson and James 2014): the split with the largest energy
 * distance between both sides, and then the same within each side. A lenient t-test of the
 * logarithms ends this search. Then the least significant candidate is removed until a strict test
 * accepts all. Nothing is drawn, so the result is the same each time.
 *
 * @param index of the first run after it
 * @param before the geometric mean of the runs from the point before, or from the start
 * @param after the geometric mean of the runs to the point after, or to the end
 */
public record ChangePoint(int index, double before, double after) {

  /** Fewer runs on a side say nothing of their scatter. */
  public static final int FEWEST_RUNS = 3;

  /** The chance of a candidate in a series without a change. A step up and down hides itself. */
  private static final double LENIENT = 0.05;

  /**
   * The chance of a change point in a series without any, for one place. The best of all places is
   * tested, so that one or two of a hundred series have one.
   */
  private static final double STRICT = 0.001;

  /** New ÷ old. */
  public double ratio() {
    return after / before;
  }

  /**
   * The change points of a series, in their order.
   *
   * @param values of runs, oldest first, each over 0
   */
  public static List<ChangePoint> in(double[] values) {
    double[] logs = Arrays.stream(values).map(Math::log).toArray();
    List<Integer> splits = new ArrayList<>(List.of(0, logs.length));
    split(logs, 0, logs.length, splits);
    splits.sort(Comparator.naturalOrder());
    while (splits.size() > 2 && removeWeakest(logs, splits)) {
      // Its neighbours now have longer sides, and are tested again.
    }
    List<ChangePoint> points = new ArrayList<>();
    for (int i = 1; i + 1 < splits.size(); i++) {
      int at = splits.get(i);
      points.add(
          new ChangePoint(
              at,
              Math.exp(mean(logs, splits.get(i - 1), at)),
              Math.exp(mean(logs, at, splits.get(i + 1)))));
    }
    return List.copyOf(points);
  }

  private static void split(double[] logs, int from, int to, List<Integer> found) {
    Optional<Integer> at =
        best(logs, from, to).filter(split -> chance(logs, from, split, to) < LENIENT);
    if (at.isPresent()) {
      found.add(at.get());
      split(logs, from, at.get(), found);
      split(logs, at.get(), to, found);
    }
  }

  /**
   * Removes the candidate that chance explains best, unless a strict test accepts all.
   *
   * @param splits the start, candidates in their order, and the end
   * @return whether one was removed
   */
  private static boolean removeWeakest(double[] logs, List<Integer> splits) {
    int weakest = 0;
    double most = STRICT;
    for (int i = 1; i + 1 < splits.size(); i++) {
      int from = splits.get(i - 1);
      int at = splits.get(i);
      int to = splits.get(i + 1);
      double logRatio = Math.abs(mean(logs, at, to) - mean(logs, from, at));
      boolean small = logRatio < Math.log1p(ChangeRule.SMALLEST_CHANGE);
      double chance = small ? 1 : chance(logs, from, at, to);
      if (chance >= most) {
        most = chance;
        weakest = i;
      }
    }
    if (weakest == 0) {
      return false;
    }
    splits.remove(weakest);
    return true;
  }

  /** The split with the largest energy distance; empty when there are too few runs. */
  private static Optional<Integer> best(double[] logs, int from, int to) {
    double left = 0;
    double right = 0;
    double across = 0;
    for (int i = from; i < to; i++) {
      right += distances(logs, i, i + 1, to);
    }
    Integer best = null;
    double most = Double.NEGATIVE_INFINITY;
    for (int split = from + 1; split < to; split++) {
      double toLeft = distances(logs, split - 1, from, split - 1);
      double toRight = distances(logs, split - 1, split, to);
      left += toLeft;
      right -= toRight;
      across += toRight - toLeft;
      if (split - from >= FEWEST_RUNS && to - split >= FEWEST_RUNS) {
        double distance = energy(split - from, to - split, left, right, across);
        if (distance > most) {
          most = distance;
          best = split;
        }
      }
    }
    return Optional.ofNullable(best);
  }

  private static double distances(double[] logs, int of, int from, int to) {
    return IntStream.range(from, to).mapToDouble(i -> Math.abs(logs[of] - logs[i])).sum();
  }

  /**
   * The scaled energy distance of two samples.
   *
   * @param m size of the left one
   * @param n size of the right one
   * @param left sum of the distances within it
   * @param right sum of the distances within it
   * @param across sum of the distances between one of each
   */
  private static double energy(int m, int n, double left, double right, double across) {
    double pairsLeft = m * (m - 1) / 2.0;
    double pairsRight = n * (n - 1) / 2.0;
    double size = (double) m * n / (m + n);
    return size * (2 * across / ((double) m * n) - left / pairsLeft - right / pairsRight);
  }

  /** The chance of such a difference between two samples of one population. */
  private static double chance(double[] logs, int from, int split, int to) {
    int freedom = to - from - 2;
    SampleMean left = SampleMean.of(logs, from, split);
    SampleMean right = SampleMean.of(logs, split, to);
    double squares = left.squares() + right.squares();
    double difference = Math.abs(right.mean() - left.mean());
    if (squares == 0) {
      return difference > 0 ? 0 : 1;
    }
    double error = Math.sqrt(squares / freedom * (1.0 / left.count() + 1.0 / right.count()));
    return 2 * TDistribution.of(freedom).survivalProbability(difference / error);
  }

  private static double mean(double[] values, int from, int to) {
    return SampleMean.of(values, from, to).mean();
  }
}
