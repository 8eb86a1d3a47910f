package dev.fanbench.measurement.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A threshold that is missed for certain in a run stays missed, whatever the rest of it brings. */
class MostOverTest {
  private static final long MILLI = 1_000_000;
  private static final long LIMIT = 250 * MILLI;
  private static final int SAMPLES = 1_000;

  private final Random random = new Random(1);

  /** One stall of 20 in a row: as independent samples they would miss the threshold. */
  @Test
  void aStallIsUndecidedInTheVerdict() {
    long[] nanos = fast();
    for (int n = 0; n < 20; n++) {
      nanos[300 + n] = LIMIT + (20 - n) * MILLI;
    }
    assertTrue(Percentile.P99.mostOver(SAMPLES, SAMPLES) < 20);
    assertTrue(low(Percentile.P99, List.of(nanos)) < LIMIT);
  }

  /** Thirty apart are a miss so far, and a stall of ten at the end makes them undecided. */
  @Test
  void missesThatAreSpreadOutMayStillBecomeUndecided() {
    long[] nanos = fast();
    for (int n = 0; n < 30; n++) {
      nanos[n * 29] = LIMIT + MILLI;
    }
    assertTrue(low(Percentile.P99, List.of(nanos)) > LIMIT);
    for (int n = 0; n < 10; n++) {
      nanos[980 + n] = 2 * LIMIT + n * MILLI;
    }
    assertTrue(low(Percentile.P99, List.of(nanos)) < LIMIT);
    assertTrue(40 <= Percentile.P99.mostOverInAnyOrder(SAMPLES, SAMPLES, 1));
  }

  /** The number over the limit is one more than may be, in stalls of any length and height. */
  @ParameterizedTest
  @CsvSource({"P99,1", "P99,8", "P99,7", "P90,1", "P90,8", "P90,7"})
  void inNoOrderIsThereAnotherVerdict(Percentile rank, int blocks) {
    long over = rank.mostOverInAnyOrder(SAMPLES, SAMPLES, blocks) + 1;
    for (int draw = 0; draw < 500; draw++) {
      long[] nanos = stalled(1 + random.nextInt(120));
      long[] sorted = nanos.clone();
      Arrays.sort(sorted);
      long limit = sorted[SAMPLES - (int) over] - 1;
      long low = low(rank, cut(nanos, blocks));
      assertTrue(low >= limit, low + " of " + limit);
    }
  }

  /** All that may be over a percentile are in one run, at any place, or drawn at random. */
  @ParameterizedTest
  @CsvSource({"10,1", "100,1", "500,1", "10,8", "100,8", "500,8", "10,7", "100,7", "500,7"})
  void noOrderIsWorthFewerSamples(int over, int blocks) {
    long fewest = EffectiveCount.fewest(SAMPLES, over, blocks);
    for (int draw = 0; draw < 300; draw++) {
      long[] nanos = draw % 2 == 0 ? oneRun(over) : stalled(1 + random.nextInt(200));
      long worth = worth(cut(nanos, blocks), over);
      assertTrue(worth >= fewest, worth + " of " + fewest);
    }
  }

  @Test
  void oneRunIsWorthAlmostAsFew() {
    long[] nanos = fast();
    Arrays.fill(nanos, 500, 510, LIMIT);
    assertEquals(100, (double) worth(List.of(nanos), 10), 5);
    assertEquals(99, EffectiveCount.fewest(SAMPLES, 10, 1));
  }

  private long[] oneRun(int over) {
    long[] nanos = fast();
    int from = random.nextInt(SAMPLES - over + 1);
    Arrays.fill(nanos, from, from + over, LIMIT);
    return nanos;
  }

  /** Each stall begins high and falls, as the arrivals behind it wait less and less. */
  private long[] stalled(int longest) {
    long[] nanos = fast();
    for (int stalls = 1 + random.nextInt(20); stalls > 0; stalls--) {
      int from = random.nextInt(SAMPLES);
      int length = 1 + random.nextInt(longest);
      long high = random.nextInt(1_000) * MILLI;
      for (int n = from; n < Math.min(SAMPLES, from + length); n++) {
        nanos[n] = Math.max(nanos[n], high * (from + length - n) / length);
      }
    }
    return nanos;
  }

  private long[] fast() {
    return LongStream.generate(() -> MILLI + random.nextInt(1_000)).limit(SAMPLES).toArray();
  }

  private static List<long[]> cut(long[] nanos, int blocks) {
    int size = (nanos.length + blocks - 1) / blocks;
    List<long[]> parts = new ArrayList<>();
    for (int from = 0; from < nanos.length; from += size) {
      parts.add(Arrays.copyOfRange(nanos, from, Math.min(nanos.length, from + size)));
    }
    return parts;
  }

  /** The lower end of the range by which a threshold is judged, before it is put into a bucket. */
  private static long low(Percentile rank, List<long[]> blocks) {
    Histogram histogram = LatencyLog.emptyHistogram();
    blocks.forEach(block -> LongStream.of(block).forEach(histogram::recordValue));
    long worth = SampleOrder.of(blocks).worth(rank, SAMPLES);
    return histogram.highestEquivalentValue(rank.range(histogram, histogram, 0, worth).lowNanos());
  }

  private static long worth(List<long[]> blocks, int over) {
    long[] sorted = blocks.stream().flatMapToLong(LongStream::of).sorted().toArray();
    long limit = sorted[sorted.length - over - 1];
    List<EffectiveCount.Block> bits = new ArrayList<>();
    for (long[] block : blocks) {
      BitSet set = new BitSet();
      for (int n = 0; n < block.length; n++) {
        set.set(n, block[n] > limit);
      }
      bits.add(new EffectiveCount.Block(set, block.length));
    }
    return EffectiveCount.of(bits);
  }
}
