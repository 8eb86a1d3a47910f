package dev.fanbench.measurement.schedule;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

class SendScheduleTest {

  @Test
  void aBurstHasOneTimeAndBurstsKeepTheRateOfArrivals() {
    SendSchedule schedule = new BurstSchedule(100, 10);
    for (int n = 0; n < 1_000; n++) {
      assertEquals(n / 10 * 100_000_000L, schedule.offsetNanos(n));
    }
    assertEquals(200_000_000_000L, schedule.offsetNanos(20_000));
  }

  @Test
  void constantArrivalsDoNotDrift() {
    SendSchedule schedule = new ConstantSchedule(300);
    assertEquals(0, schedule.offsetNanos(0));
    assertEquals(3_333_333, schedule.offsetNanos(1));
    assertEquals(3_600_000_000_000L, schedule.offsetNanos(300 * 3_600));
  }

  @Test
  void poissonGapsHaveTheMeanAndTheSpreadOfAnExponential() {
    int draws = 1_000_000;
    SendSchedule schedule = new PoissonSchedule(250, draws + 1, 42);
    double sum = 0;
    double squares = 0;
    int shorterThanMean = 0;
    double mean = 1e9 / 250;
    for (int n = 1; n <= draws; n++) {
      double gap = schedule.offsetNanos(n) - schedule.offsetNanos(n - 1);
      assertTrue(gap >= 0);
      sum += gap;
      squares += gap * gap;
      shorterThanMean += gap < mean ? 1 : 0;
    }
    double seen = sum / draws;
    double deviation = Math.sqrt(squares / draws - seen * seen);
    // Five standard errors of each estimate.
    assertEquals(mean, seen, 5 * mean / Math.sqrt(draws));
    assertEquals(mean, deviation, 5 * mean * Math.sqrt(2.0 / draws));
    assertEquals(1 - Math.exp(-1), shorterThanMean / (double) draws, 5 * 0.4823 / Math.sqrt(draws));
  }

  @Test
  void poissonCountsPerSecondHaveTheVarianceOfTheirMean() {
    int seconds = 3_900; // a million arrivals last 4,000 s, give or take 4
    SendSchedule schedule = new PoissonSchedule(250, 1_000_001, 43);
    int[] perSecond = new int[seconds];
    for (int n = 0; n < 1_000_000; n++) {
      long second = schedule.offsetNanos(n) / 1_000_000_000L;
      if (second < seconds) {
        perSecond[(int) second]++;
      }
    }
    double sum = 0;
    double squares = 0;
    for (int count : perSecond) {
      sum += count;
      squares += (double) count * count;
    }
    double mean = sum / seconds;
    double variance = squares / seconds - mean * mean;
    assertEquals(250, mean, 5 * Math.sqrt(250.0 / seconds));
    assertEquals(250, variance, 5 * 250 * Math.sqrt(2.0 / seconds));
  }

  @Test
  void oneSeedIsOneSchedule() {
    SendSchedule schedule = new PoissonSchedule(100, 1_000, 7);
    SendSchedule again = new PoissonSchedule(100, 1_000, 7);
    SendSchedule other = new PoissonSchedule(100, 1_000, 8);
    assertEquals(0, schedule.offsetNanos(0));
    assertEquals(schedule.offsetNanos(999), again.offsetNanos(999));
    assertTrue(schedule.offsetNanos(999) != other.offsetNanos(999));
    // Written down, as a run directory's seed must give the same schedule on every machine.
    assertEquals(13_119_257, schedule.offsetNanos(1));
  }

  @Test
  void aRateIsOverZero() {
    assertThrows(IllegalArgumentException.class, () -> new ConstantSchedule(0));
    assertThrows(IllegalArgumentException.class, () -> new PoissonSchedule(Double.NaN, 1, 0));
  }
}
