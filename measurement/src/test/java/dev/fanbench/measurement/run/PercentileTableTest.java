package dev.fanbench.measurement.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class PercentileTableTest {

  /** By rule 6: fewer have no interval with two ends of 99 % confidence. */
  @Test
  void aPercentileNeedsAnIntervalWithTwoEnds() {
    assertEquals(8, Percentile.P50.samplesNeeded());
    assertEquals(51, Percentile.P90.samplesNeeded());
    assertEquals(528, Percentile.P99.samplesNeeded());
    assertEquals(5_296, Percentile.P99_9.samplesNeeded());
    assertEquals(1, Percentile.MAX.samplesNeeded());
    PercentileTable of50 = PercentileTable.of(counting(50));
    assertEquals("25 ns (16 to 35 ns)", of50.at(Percentile.P50).text());
    assertEquals("too few samples (50 of 51)", of50.at(Percentile.P90).text());
    assertEquals("46 ns (40 to 51 ns)", PercentileTable.of(counting(51)).at(Percentile.P90).text());
    assertEquals(
        "too few samples (51 of 528)", PercentileTable.of(counting(51)).at(Percentile.P99).text());
  }

  @Test
  void anIntervalIsToldWhereItIsWide() {
    assertEquals("9.1 ms", new PercentileValue.Time(9_100_000, of(8_200_000, 10_000_000)).text());
    assertEquals(
        "9.1 ms (5 to 10 ms)",
        new PercentileValue.Time(9_100_000, of(5_000_000, 10_000_000)).text());
    assertEquals(
        "at most 10 ms", new PercentileValue.Time(9_100_000, of(4_000_000, 10_000_000)).text());
    assertEquals(
        "at least 8.2 ms",
        new PercentileValue.Time(9_100_000, of(8_200_000, PercentileInterval.NONE)).text());
  }

  private static PercentileInterval of(long lowNanos, long highNanos) {
    return new PercentileInterval(lowNanos, highNanos);
  }

  @Test
  void ofNothingNothingIsSaid() {
    PercentileTable none = PercentileTable.of(counting(0));
    for (Percentile rank : Percentile.values()) {
      assertEquals(
          new PercentileValue.TooFewSamples(
              0, rank.samplesNeeded(), of(0, PercentileInterval.NONE)),
          none.at(rank));
    }
  }

  @Test
  void deliveriesOfOnePublicationAreNotIndependent() {
    PercentileTable fanOut = PercentileTable.of(counting(100_000), 0, 100);
    assertEquals("too few samples (100 of 528)", fanOut.at(Percentile.P99).text());
    assertEquals(100_000, fanOut.samples());
  }

  @Test
  void whatNeverCameRanksAboveEverything() {
    PercentileTable one = PercentileTable.of(counting(999), 1, 1_000);
    assertEquals(990, nanos(one.at(Percentile.P99)));
    assertEquals("not delivered", one.at(Percentile.MAX).text());
    PercentileTable eleven = PercentileTable.of(counting(989), 11, 1_000);
    assertEquals(
        new PercentileValue.NotDelivered(of(981, PercentileInterval.NONE)),
        eleven.at(Percentile.P99));
    assertEquals(900, nanos(eleven.at(Percentile.P90)));
    PercentileTable all = PercentileTable.of(counting(0), 50, 50);
    assertEquals("not delivered", all.at(Percentile.P50).text());
  }

  private static long nanos(PercentileValue value) {
    return ((PercentileValue.Time) value).nanos();
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
