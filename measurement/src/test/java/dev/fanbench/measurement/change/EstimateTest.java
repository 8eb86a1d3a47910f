package dev.fanbench.measurement.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

class EstimateTest {
  private static final int DRAWS = 100;
  private static final long SEED = 7;

  /** Logarithms 0, 1 and 2: their deviation is 1, and the error of their mean 1 ÷ √3. */
  @Test
  void theErrorIsThatOfTheRunsLogarithms() {
    Estimate estimate = Estimate.of(5, new double[] {1, Math.E, Math.E * Math.E});
    assertEquals(5, estimate.value());
    assertEquals(1 / Math.sqrt(3), estimate.logError(), 1e-12);
    assertEquals(3, estimate.runs());
    double reach = SampleMean.student(2, 0.99) / Math.sqrt(3);
    assertEquals(reach, estimate.logReach(0.99).orElseThrow(), 1e-9);
    assertEquals(Math.exp(reach) - 1, estimate.reachShare(0.99).orElseThrow(), 1e-6);
  }

  @Test
  void theScatterOfOneRunIsNotKnown() {
    Estimate estimate = Estimate.of(5, new double[] {5});
    assertEquals(Double.POSITIVE_INFINITY, estimate.logError());
    assertEquals(Optional.empty(), estimate.reachShare(0.99));
    assertEquals(Optional.empty(), new Estimate(5, 0.1, 1).logReach(0.99));
    assertTrue(new Estimate(5, 0.1, 2).logReach(0.99).isPresent());
    assertEquals(Optional.empty(), Estimate.unknown().logReach(0.99));
  }

  /** Two runs show half of the variance, and five runs four fifths. */
  @Test
  void theVarianceThatDrawingLosesIsPutBack() {
    for (int runs : new int[] {2, 5}) {
      Estimate estimate = Estimate.of(metric(runs, EstimateTest::oneOrE), DRAWS, SEED);
      double variance = variance();
      assertTrue(variance > 0.2, () -> variance + " of zeros and ones");
      assertEquals(Math.sqrt(variance * runs / (runs - 1)), estimate.logError(), 1e-12);
      assertEquals(42, estimate.value());
      assertEquals(runs, estimate.runs());
    }
  }

  @Test
  void oneRunHasTheVarianceOfItsDraws() {
    Estimate estimate = Estimate.of(metric(1, EstimateTest::oneOrE), DRAWS, SEED);
    assertEquals(Math.sqrt(variance()), estimate.logError(), 1e-12);
  }

  @Test
  void aDrawThatWasNotDeliveredHasNoError() {
    SampledMetric lossy =
        metric(3, random -> random.nextInt(10) == 0 ? Double.POSITIVE_INFINITY : 1);
    Estimate estimate = Estimate.of(lossy, DRAWS, SEED);
    assertEquals(Double.POSITIVE_INFINITY, estimate.logError());
    assertEquals(42, estimate.value());
    assertEquals(3, estimate.runs());
  }

  private static double oneOrE(SplittableRandom random) {
    return random.nextBoolean() ? Math.E : 1;
  }

  /** The variance of the logarithms that the same seed draws. */
  private static double variance() {
    SplittableRandom random = new SplittableRandom(SEED);
    double ones = 0;
    for (int i = 0; i < DRAWS; i++) {
      ones += random.nextBoolean() ? 1 : 0;
    }
    double mean = ones / DRAWS;
    return (ones * (1 - mean) * (1 - mean) + (DRAWS - ones) * mean * mean) / (DRAWS - 1);
  }

  private static SampledMetric metric(int runs, ToDoubleFunction<SplittableRandom> draw) {
    return new SampledMetric() {
      @Override
      public int runs() {
        return runs;
      }

      @Override
      public double value() {
        return 42;
      }

      @Override
      public double draw(SplittableRandom random) {
        return draw.applyAsDouble(random);
      }
    };
  }
}
