package dev.fanbench.measurement.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class PercentileTableTest {

  @Test
  void aPercentileNeedsTenSamplesBeyondIt() {
    assertEquals(20, Percentile.P50.samplesNeeded());
    assertEquals(100, Percentile.P90.samplesNeeded());
    assertEquals(1_000, Percentile.P99.samplesNeeded());
    assertEquals(10_000, Percentile.P99_9.samplesNeeded());
    assertEquals(1, Percentile.MAX.samplesNeeded());
    PercentileTable of99 = PercentileTable.of(counting(99));
    assertEquals(new PercentileValue.Time(50), of99.at(Percentile.P50));
    assertEquals(new PercentileValue.TooFewSamples(99, 100), of99.at(Percentile.P90));
    assertEquals(
        new PercentileValue.Time(90), PercentileTable.of(counting(100)).at(Percentile.P90));
    assertEquals(
        "too few samples (99 of 1,000)",
        PercentileTable.of(counting(99)).at(Percentile.P99).text());
  }

  @Test
  void ofNothingNothingIsSaid() {
    PercentileTable none = PercentileTable.of(counting(0));
    for (Percentile rank : Percentile.values()) {
      assertEquals(new PercentileValue.TooFewSamples(0, rank.samplesNeeded()), none.at(rank));
    }
  }

  @Test
  void deliveriesOfOnePublicationAreNotIndependent() {
    PercentileTable fanOut = PercentileTable.of(counting(100_000), 0, 100);
    assertEquals(new PercentileValue.TooFewSamples(100, 1_000), fanOut.at(Percentile.P99));
    assertEquals(100_000, fanOut.samples());
  }

  @Test
  void whatNeverCameRanksAboveEverything() {
    PercentileTable one = PercentileTable.of(counting(999), 1, 1_000);
    assertEquals(new PercentileValue.Time(990), one.at(Percentile.P99));
    assertEquals(new PercentileValue.NotDelivered(), one.at(Percentile.MAX));
    PercentileTable eleven = PercentileTable.of(counting(989), 11, 1_000);
    assertEquals(new PercentileValue.NotDelivered(), eleven.at(Percentile.P99));
    assertEquals(new PercentileValue.Time(900), eleven.at(Percentile.P90));
    assertEquals("not delivered", eleven.at(Percentile.MAX).text());
    PercentileTable all = PercentileTable.of(counting(0), 50, 50);
    assertEquals(new PercentileValue.NotDelivered(), all.at(Percentile.P50));
  }

  @Test
  void agreeWithSortingForAnySamples() {
    Random random = new Random(5);
    for (int round = 0; round < 200; round++) {
      long[] samples =
          random.longs(1 + random.nextInt(3_000), 0, 1L << random.nextInt(3, 41)).toArray();
      Histogram histogram = new Histogram(1, 3_600_000_000_000L, 3);
      Arrays.stream(samples).forEach(histogram::recordValue);
      Arrays.sort(samples);
      int undelivered = random.nextInt(5);
      for (Percentile rank : Percentile.values()) {
        long count = (long) samples.length + undelivered;
        int position =
            (int) Math.max(1, Math.ceil(count * (rank == Percentile.MAX ? 1 : share(rank)) - 1e-9));
        long seen = rank.nanosAt(histogram, undelivered).orElseThrow();
        long expected =
            position > samples.length
                ? Long.MAX_VALUE
                : histogram.highestEquivalentValue(samples[position - 1]);
        assertEquals(expected, seen, () -> rank + " of " + count);
      }
    }
  }

  private static double share(Percentile rank) {
    return Double.parseDouble(rank.label().substring(1)) / 100;
  }

  /** 1, 2, … count nanoseconds; exact up to 2,047. */
  private static Histogram counting(int count) {
    Histogram histogram = new Histogram(1, 3_600_000_000_000L, 3);
    for (int i = 1; i <= count; i++) {
      histogram.recordValue(i);
    }
    return histogram;
  }
}
