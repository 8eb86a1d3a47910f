package dev.fanbench.measurement.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class PercentilesTest {

  @Test
  void aPercentileNeedsTenSamplesBeyondIt() {
    assertEquals(20, Rank.P50.samplesNeeded());
    assertEquals(100, Rank.P90.samplesNeeded());
    assertEquals(1_000, Rank.P99.samplesNeeded());
    assertEquals(10_000, Rank.P99_9.samplesNeeded());
    assertEquals(1, Rank.MAX.samplesNeeded());
    Percentiles of99 = Percentiles.of(counting(99));
    assertEquals(new PercentileValue.Time(50), of99.at(Rank.P50));
    assertEquals(new PercentileValue.TooFewSamples(99, 100), of99.at(Rank.P90));
    assertEquals(new PercentileValue.Time(90), Percentiles.of(counting(100)).at(Rank.P90));
    assertEquals("too few samples (99 of 1,000)", Percentiles.of(counting(99)).at(Rank.P99).text());
  }

  @Test
  void ofNothingNothingIsSaid() {
    Percentiles none = Percentiles.of(counting(0));
    for (Rank rank : Rank.values()) {
      assertEquals(new PercentileValue.TooFewSamples(0, rank.samplesNeeded()), none.at(rank));
    }
  }

  @Test
  void deliveriesOfOnePublicationAreNotIndependent() {
    Percentiles fanOut = Percentiles.of(counting(100_000), 0, 100);
    assertEquals(new PercentileValue.TooFewSamples(100, 1_000), fanOut.at(Rank.P99));
    assertEquals(100_000, fanOut.samples());
  }

  @Test
  void whatNeverCameRanksAboveEverything() {
    Percentiles one = Percentiles.of(counting(999), 1, 1_000);
    assertEquals(new PercentileValue.Time(990), one.at(Rank.P99));
    assertEquals(new PercentileValue.NotDelivered(), one.at(Rank.MAX));
    Percentiles eleven = Percentiles.of(counting(989), 11, 1_000);
    assertEquals(new PercentileValue.NotDelivered(), eleven.at(Rank.P99));
    assertEquals(new PercentileValue.Time(900), eleven.at(Rank.P90));
    assertEquals("not delivered", eleven.at(Rank.MAX).text());
    Percentiles all = Percentiles.of(counting(0), 50, 50);
    assertEquals(new PercentileValue.NotDelivered(), all.at(Rank.P50));
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
      for (Rank rank : Rank.values()) {
        long count = (long) samples.length + undelivered;
        int position =
            (int) Math.max(1, Math.ceil(count * (rank == Rank.MAX ? 1 : share(rank)) - 1e-9));
        long seen = rank.nanosAt(histogram, undelivered).orElseThrow();
        long expected =
            position > samples.length
                ? Long.MAX_VALUE
                : histogram.highestEquivalentValue(samples[position - 1]);
        assertEquals(expected, seen, () -> rank + " of " + count);
      }
    }
  }

  private static double share(Rank rank) {
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
