package dev.fanbench.measurement.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The search for splits, and the order in which weak ones are removed. */
class ChangePointSearchTest {

  /** None has a clear step: a run or two lie between both levels, and belong to the nearer one. */
  @ParameterizedTest
  @CsvSource({
    "5 7 6 15 34 53 58 48,4",
    "14 13 9 9 25 48 52 68 53,5",
    "13 15 15 30 46 65 56 69 70,3"
  })
  void thePointIsTheSplitWithTheLargestEnergyDistance(String runs, int index) {
    double[] series = Arrays.stream(runs.split(" ")).mapToDouble(Double::parseDouble).toArray();
    assertEquals(index, farthest(series));
    assertEquals(List.of(index), indexes(ChangePoint.in(series)));
    double[] backwards =
        IntStream.range(0, series.length).mapToDouble(i -> series[series.length - 1 - i]).toArray();
    assertEquals(List.of(series.length - index), indexes(ChangePoint.in(backwards)));
  }

  /** The search within a side is the one that the side alone would have. */
  @Test
  void aPointInFrontChangesNoneBehindIt() {
    double[] front = DoubleStream.generate(() -> 1e-9).limit(7).toArray();
    int found = 0;
    for (int seed = 0; seed < 1_000; seed++) {
      double[] side = twoLevels(seed, 6 + seed % 3);
      List<Integer> alone = indexes(ChangePoint.in(side));
      double[] both = DoubleStream.concat(Arrays.stream(front), Arrays.stream(side)).toArray();
      List<Integer> behind =
          IntStream.concat(
                  IntStream.of(front.length), alone.stream().mapToInt(i -> front.length + i))
              .boxed()
              .toList();
      assertEquals(behind, indexes(ChangePoint.in(both)), () -> Arrays.toString(both));
      found += alone.size();
    }
    assertTrue(found > 100, found + " of 1,000");
  }

  /** Two slow runs are as few behind a point as in front of all. */
  @Test
  void twoRunsBehindAPointAreTooFewForAPointOfTheirOwn() {
    double[] series = levels(6, 0.01, 2, 9, 8, 2);
    assertEquals(List.of(6), indexes(ChangePoint.in(series)));
  }

  /** Neither step counts, and together they do. */
  @Test
  void ofTwoSmallStepsTheFirstStays() {
    double[] series = levels(6, 1, 3, 1.032, 6, 1.064);
    assertEquals(List.of(6), indexes(ChangePoint.in(series)));
  }

  /** No split of all runs is better than chance, so there is no search within its sides. */
  @Test
  void levelsThatAlternateAreScatter() {
    double[] series = levels(3, 1, 3, 2, 3, 1, 3, 2, 3, 1, 3, 2);
    assertEquals(List.of(), indexes(ChangePoint.in(series)));
  }

  /** Rounding decides whether a mean is five percent to the last bit, so a pair is looked for. */
  @Test
  void aChangeOfExactlyFivePercentCounts() {
    double limit = Math.log1p(ChangeRule.SMALLEST_CHANGE);
    double[] exact =
        IntStream.range(1, 10_000)
            .mapToObj(i -> pairs(1.05 * (1 + 1e-9 * i), 1.05 / (1 + 1e-9 * i)))
            .filter(series -> logMean(series) == limit)
            .findFirst()
            .orElseThrow();
    assertEquals(List.of(4), indexes(ChangePoint.in(exact)));
  }

  private static double logMean(double[] series) {
    return SampleMean.of(Arrays.stream(series).map(Math::log).toArray(), 4, 8).mean();
  }

  private static double[] pairs(double one, double other) {
    return new double[] {1, 1, 1, 1, one, other, one, other};
  }

  private static List<Integer> indexes(List<ChangePoint> points) {
    return points.stream().map(ChangePoint::index).toList();
  }

  /** A number of runs and their level, in turn. */
  private static double[] levels(double... levels) {
    return IntStream.range(0, levels.length / 2)
        .boxed()
        .flatMapToDouble(
            part ->
                DoubleStream.generate(() -> levels[2 * part + 1]).limit((long) levels[2 * part]))
        .toArray();
  }

  /** A step somewhere, in noise that differs between both levels. */
  private static double[] twoLevels(int seed, int runs) {
    Random random = new Random(seed);
    int step = 2 + random.nextInt(runs - 3);
    double[] noise = {0.3 * random.nextDouble(), 0.3 * random.nextDouble()};
    return IntStream.range(0, runs)
        .mapToDouble(i -> (i < step ? 0 : 1) + noise[i < step ? 0 : 1] * random.nextGaussian())
        .map(Math::exp)
        .toArray();
  }

  /** The best split by the definition: all pairs are compared for each. */
  private static int farthest(double[] series) {
    int best = 0;
    double most = Double.NEGATIVE_INFINITY;
    for (int at = 3; at <= series.length - 3; at++) {
      double[] left = Arrays.copyOf(series, at);
      double[] right = Arrays.copyOfRange(series, at, series.length);
      double size = 1.0 * left.length * right.length / series.length;
      double distance = size * (2 * distance(left, right) - within(left) - within(right));
      if (distance > most) {
        most = distance;
        best = at;
      }
    }
    return best;
  }

  /** The mean distance between one run of each. */
  private static double distance(double[] left, double[] right) {
    return Arrays.stream(left)
        .flatMap(one -> Arrays.stream(right).map(other -> Math.abs(Math.log(one / other))))
        .average()
        .orElseThrow();
  }

  /** The mean distance between two runs. */
  private static double within(double[] side) {
    return distance(side, side) * side.length / (side.length - 1);
  }
}
