package dev.fanbench.measurement.change;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fanbench.measurement.run.Percentile;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Percentiles and means over runs, and over runs that are drawn from them. */
class SampledMetricTest {

  @Test
  void aPercentileIsThatOfAllSamplesTogether() {
    List<long[]> samples = List.of(new long[] {4, 1, 3}, new long[] {2, 5, 5, 6});
    assertEquals(4, new SampledPercentile(Percentile.P50, samples).value());
    assertEquals(6, new SampledPercentile(Percentile.P90, samples).value());
    assertEquals(2, new SampledPercentile(Percentile.P50, samples).runs());
  }

  @Test
  void theHalfThatWasDeliveredHasAMedian() {
    long never = SampledPercentile.NEVER;
    List<long[]> half = List.of(new long[] {1, never}, new long[] {never, 2});
    assertEquals(2, new SampledPercentile(Percentile.P50, half).value());
    assertEquals(Double.POSITIVE_INFINITY, new SampledPercentile(Percentile.P90, half).value());
  }

  @Test
  void aMetricIsTheSameWhenItIsAskedAgain() {
    SampledPercentile sampled =
        new SampledPercentile(Percentile.P50, List.of(new long[] {1, 2, 3}));
    assertEquals(2, sampled.value());
    assertEquals(2, sampled.value());
    sampled.draw(new SplittableRandom(1));
    assertEquals(2, sampled.value());
  }

  @Test
  void aDrawLeavesNothingBehind() {
    SampledPercentile sampled = new SampledPercentile(Percentile.P50, List.of(new long[] {1, 2}));
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 20; i++) {
      sampled.draw(random);
      assertEquals(1, sampled.value());
    }
  }

  /** Both runs and all samples of a run are drawn, and no others. */
  @Test
  void drawsAreOfWholeRuns() {
    SampledPercentile sampled =
        new SampledPercentile(Percentile.P50, List.of(new long[] {1, 2}, new long[] {7, 8}));
    SplittableRandom random = new SplittableRandom(3);
    Set<Double> seen = new TreeSet<>();
    for (int i = 0; i < 200; i++) {
      seen.add(sampled.draw(random));
    }
    assertEquals(Set.of(1.0, 2.0, 7.0, 8.0), seen);
  }

  @Test
  void aDrawIsAsLargeAsTheRunsAreManyAndLong() {
    SampledPercentile one = new SampledPercentile(Percentile.MAX, List.of(new long[] {1, 2, 3}));
    SplittableRandom random = new SplittableRandom(5);
    SplittableRandom same = new SplittableRandom(5);
    for (int i = 0; i < 50; i++) {
      same.nextInt(1);
      double largest = 0;
      for (int sample = 0; sample < 3; sample++) {
        largest = Math.max(largest, 1.0 + same.nextInt(3));
      }
      assertEquals(largest, one.draw(random));
    }
  }

  @Test
  void cpuIsTheMeanOfTheRuns() {
    SampledCpu cpu = new SampledCpu(List.of(10.0, 30.0, 80.0));
    assertEquals(40, cpu.value());
    assertEquals(3, cpu.runs());
    SplittableRandom random = new SplittableRandom(5);
    SplittableRandom same = new SplittableRandom(5);
    List<Double> amounts = cpu.nanosPerDelivery();
    for (int i = 0; i < 20; i++) {
      double sum = 0;
      for (int run = 0; run < 3; run++) {
        sum += amounts.get(same.nextInt(3));
      }
      assertEquals(sum / 3, cpu.draw(random));
    }
  }
}
