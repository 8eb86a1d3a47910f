package dev.fanbench.measurement.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EffectiveCountTest {
  private final Random random = new Random(1);

  @Test
  void samplesThatAreAllOnOneSideAreTakenForIndependent() {
    assertEquals(0, EffectiveCount.of(List.of()));
    assertEquals(100, EffectiveCount.of(List.of(block(new BitSet(), 100))));
    BitSet all = new BitSet();
    all.set(0, 100);
    assertEquals(100, EffectiveCount.of(List.of(block(all, 100))));
  }

  @Test
  void independentSamplesKeepTheirCount() {
    long worth = EffectiveCount.of(List.of(chain(20_000, 0)));
    assertTrue(worth > 18_000, worth + " of 20,000");
  }

  /**
   * A chain that stays on its side with probability (1 + ρ) ÷ 2 has the autocorrelation ρᵏ, so its
   * samples are worth n (1 − ρ) ÷ (1 + ρ).
   */
  @ParameterizedTest
  @CsvSource({"0.5", "0.67", "0.9"})
  void aChainIsWorthWhatItsAutocorrelationSays(double correlation) {
    double expected = 100_000 * (1 - correlation) / (1 + correlation);
    long worth = EffectiveCount.of(List.of(chain(100_000, correlation)));
    assertEquals(expected, (double) worth, 0.15 * expected);
  }

  /** Each block is 40 samples of one side: without the limit at its edges there would be more. */
  @Test
  void samplesOfTwoBlocksAreNotCompared() {
    BitSet over = new BitSet();
    over.set(0, 40);
    long worth = EffectiveCount.of(List.of(block(over, 40), block(new BitSet(), 40)));
    assertEquals(2, (double) worth, 1);
  }

  @Test
  void everySampleThatAlternatesCounts() {
    BitSet over = new BitSet();
    LongStream.range(0, 1_000).filter(i -> i % 2 == 0).forEach(i -> over.set((int) i));
    assertEquals(1_000, EffectiveCount.of(List.of(block(over, 1_000))));
  }

  /** Two-sided intervals of a median of dependent samples are wrong in about 1 of 100 cases. */
  @Test
  void anIntervalOfDependentSamplesIsAsSureAsItSays() {
    int wrong = 0;
    int draws = 1_000;
    for (int draw = 0; draw < draws; draw++) {
      long[] samples = new long[2_000];
      double level = 0;
      for (int i = 0; i < samples.length; i++) {
        level = 0.8 * level + 0.6 * random.nextGaussian();
        samples[i] = Math.round(1_000_000 + 100_000 * level);
      }
      SampleOrder ordered = SampleOrder.of(List.of(samples));
      var histogram = LatencyLog.emptyHistogram();
      LongStream.of(samples).forEach(histogram::recordValue);
      PercentileInterval interval =
          Percentile.P50.interval(
              histogram, histogram, 0, ordered.worth(Percentile.P50, samples.length));
      wrong += interval.lowNanos() > 1_000_000 || interval.highNanos() < 1_000_000 ? 1 : 0;
    }
    assertTrue(wrong <= 20, wrong + " of " + draws + " intervals do not hold the median");
  }

  private EffectiveCount.Block chain(int size, double correlation) {
    BitSet over = new BitSet();
    boolean up = false;
    for (int i = 0; i < size; i++) {
      up = random.nextDouble() < (1 + correlation) / 2 ? up : !up;
      over.set(i, up);
    }
    return block(over, size);
  }

  private static EffectiveCount.Block block(BitSet over, int size) {
    return new EffectiveCount.Block(over, size);
  }
}
