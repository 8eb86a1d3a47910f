package dev.fanbench.measurement.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ChangePointTest {
  private static final double NOISE = 0.1;

  @Test
  void aStepIsFoundWhereItIs() {
    double[] series = series(1, 10, 1.0, 10, 0.7);
    List<ChangePoint> points = ChangePoint.in(series);
    assertEquals(1, points.size(), points::toString);
    assertEquals(10, points.get(0).index());
    assertEquals(0.7, points.get(0).ratio(), 0.1);
  }

  @Test
  void stepsUpAndDownAreTwo() {
    List<ChangePoint> points = ChangePoint.in(series(2, 12, 1.0, 8, 1.6, 10, 1.0));
    assertEquals(List.of(12, 20), points.stream().map(ChangePoint::index).toList());
    assertTrue(points.get(0).ratio() > 1.4 && points.get(1).ratio() < 0.75, points::toString);
  }

  /** One outlier is a run that went wrong, and no change. */
  @Test
  void oneSlowRunIsNoChange() {
    double[] series = series(3, 20, 1.0);
    series[10] = 5;
    assertEquals(List.of(), ChangePoint.in(series));
  }

  @Test
  void aChangeUnderFivePercentIsNone() {
    double[] steady =
        IntStream.range(0, 40).mapToDouble(i -> (i < 20 ? 1 : 1.04) + i % 2 * 1e-3).toArray();
    assertEquals(List.of(), ChangePoint.in(steady));
  }

  @Test
  void equalRunsHaveNoScatterAndStillAStep() {
    double[] steps = IntStream.range(0, 8).mapToDouble(i -> i < 4 ? 1 : 2).toArray();
    assertEquals(List.of(new ChangePoint(4, 1, 2)).toString(), rounded(ChangePoint.in(steps)));
    assertEquals(List.of(), ChangePoint.in(new double[] {1, 1, 1, 1, 1, 1}));
  }

  @Test
  void fiveRunsAreTooFewForTwoSides() {
    assertEquals(List.of(), ChangePoint.in(new double[] {1, 1, 9, 9, 9}));
    assertEquals(List.of(), ChangePoint.in(new double[] {}));
  }

  @Test
  void threeRunsASideAreEnough() {
    assertEquals(
        List.of(new ChangePoint(3, 1, 2)).toString(),
        rounded(ChangePoint.in(new double[] {1, 1, 1, 2, 2, 2})));
  }

  @Test
  void aStepAtEitherEndIsFound() {
    double[] early = IntStream.range(0, 30).mapToDouble(i -> i < 3 ? 2 : 1).toArray();
    double[] late = IntStream.range(0, 30).mapToDouble(i -> i < 27 ? 1 : 2).toArray();
    assertEquals(List.of(new ChangePoint(3, 2, 1)).toString(), rounded(ChangePoint.in(early)));
    assertEquals(List.of(new ChangePoint(27, 1, 2)).toString(), rounded(ChangePoint.in(late)));
  }

  @Test
  void aChangeCountsFromFivePercentOn() {
    assertEquals(List.of(), ChangePoint.in(new double[] {1, 1, 1, 1.0499, 1.0499, 1.0499}));
    assertEquals(1, ChangePoint.in(new double[] {1, 1, 1, 1.0501, 1.0501, 1.0501}).size());
    assertEquals(1, ChangePoint.in(new double[] {1.0501, 1.0501, 1.0501, 1, 1, 1}).size());
  }

  /** Four percent of ten are none either. */
  @Test
  void theLevelDoesNotMatter() {
    assertEquals(List.of(), ChangePoint.in(new double[] {10, 10, 10, 10.4, 10.4, 10.4}));
    assertEquals(1, ChangePoint.in(new double[] {10, 10, 10, 10.6, 10.6, 10.6}).size());
  }

  /** Each of three levels has a mean of its own, between its neighbouring points. */
  @Test
  void levelsAreMeansBetweenPoints() {
    double[] stairs = IntStream.range(0, 12).mapToDouble(i -> 1 << (i / 4)).toArray();
    assertEquals(
        List.of(new ChangePoint(4, 1, 2), new ChangePoint(8, 2, 4)).toString(),
        rounded(ChangePoint.in(stairs)));
  }

  /** Of a hundred series without a change, one or two are told otherwise. */
  @Test
  void noiseAloneIsRarelyAChange() {
    long wrong =
        IntStream.range(0, 1_000)
            .filter(seed -> !ChangePoint.in(series(seed, 30, 1.0)).isEmpty())
            .count();
    assertTrue(wrong <= 20, wrong + " of 1,000");
  }

  /** A step of 20 % in noise of 10 % is nearly always found, within a run or two. */
  @Test
  void aStepOfTwiceTheNoiseIsFound() {
    long found =
        IntStream.range(0, 200)
            .filter(
                seed ->
                    ChangePoint.in(series(seed, 15, 1.0, 15, 1.2)).stream()
                        .anyMatch(point -> Math.abs(point.index() - 15) <= 2))
            .count();
    assertTrue(found >= 150, found + " of 200");
  }

  private static String rounded(List<ChangePoint> points) {
    return points.stream()
        .map(p -> new ChangePoint(p.index(), Math.rint(p.before()), Math.rint(p.after())))
        .toList()
        .toString();
  }

  /**
   * Runs of one level after the other.
   *
   * @param levels a number of runs and their level, in turn
   */
  private static double[] series(long seed, double... levels) {
    Random random = new Random(seed);
    return IntStream.range(0, levels.length / 2)
        .boxed()
        .flatMap(
            part ->
                IntStream.range(0, (int) levels[2 * part])
                    .mapToObj(i -> levels[2 * part + 1] * Math.exp(NOISE * random.nextGaussian())))
        .mapToDouble(Double::doubleValue)
        .toArray();
  }
}
