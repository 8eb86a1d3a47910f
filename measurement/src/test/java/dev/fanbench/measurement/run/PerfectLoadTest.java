package dev.fanbench.measurement.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class PerfectLoadTest {
  private static final long MICRO = 1_000;
  private static final long MILLI = 1_000_000;

  /** 500 queues with slips, stalls and read lags, beside what a perfect load sees of each. */
  @Test
  void everyPercentileOfAPerfectLoadIsBetweenTheBounds() {
    Random random = new Random(1);
    for (int queue = 0; queue < 500; queue++) {
      Queue simulated = new Queue(random, 200 + random.nextInt(400));
      Histogram least = PerfectLoad.least(simulated.measured).orElseThrow();
      Histogram most = new Histogram(1, 3_600_000_000_000L, 3);
      simulated.measured.forEach(a -> most.recordValue(a.lastAtNanos() - a.intendedAtNanos()));
      for (Percentile percentile : Percentile.values()) {
        int position = (int) percentile.position(simulated.perfect.length);
        long truth = simulated.perfect[position - 1];
        long low = least.lowestEquivalentValue(percentile.nanosAt(least, 0).getAsLong());
        long high = percentile.nanosAt(most, 0).getAsLong();
        assertTrue(low <= truth, queue + " " + percentile + ": " + low + " over " + truth);
        assertTrue(truth <= high, queue + " " + percentile + ": " + truth + " over " + high);
      }
    }
  }

  @Test
  void aStallOfTheLoadWidensOnlyItsOwnBusyPeriod() {
    List<Arrival> arrivals =
        List.of(
            arrival(0, 0, 0, 2 * MILLI, 0),
            // Due at 10 ms, sent 150 ms later; the next ones wait behind it.
            arrival(1, 10 * MILLI, 160 * MILLI, 162 * MILLI, 0),
            arrival(2, 20 * MILLI, 160 * MILLI, 164 * MILLI, 0),
            arrival(3, 200 * MILLI, 200 * MILLI, 202 * MILLI, 100 * MICRO));
    Histogram least = PerfectLoad.least(arrivals).orElseThrow();
    assertEquals(4, least.getTotalCount());
    assertEquals(1, least.getCountAtValue(1_900 * MICRO));
    assertEquals(2, least.getCountAtValue(2 * MILLI));
    assertEquals(1, least.getCountAtValue(0), "144 ms, less a slip of 150 ms");
  }

  @Test
  void withoutReadLagThereIsNoLowerBound() {
    assertEquals(
        Optional.empty(), PerfectLoad.least(List.of(new Arrival(0, 0, 0, MILLI, MILLI, 1, 0))));
  }

  private static Arrival arrival(int n, long intended, long sent, long last, long lag) {
    return new Arrival(n, intended, sent, last, last, 1, 0, lag);
  }

  /** A server that takes one arrival after another, and the load that measures it. */
  private static final class Queue {
    private final List<Arrival> measured = new ArrayList<>();
    private final long[] perfect;

    Queue(Random random, int count) {
      double load = 0.1 + random.nextDouble();
      long meanNanos = 1L + random.nextInt(1_000_000);
      perfect = new long[count];
      long intended = 0;
      long sent = 0;
      long ends = 0;
      long perfectEnds = 0;
      for (int n = 0; n < count; n++) {
        intended += (long) (-Math.log(1 - random.nextDouble()) * meanNanos / load);
        boolean stalls = random.nextInt(100) == 0;
        long slip = stalls ? random.nextInt(150_000_000) : random.nextInt(20_000);
        sent = Math.max(sent, intended + slip);
        long work = (long) (-Math.log(1 - random.nextDouble()) * meanNanos);
        ends = Math.max(ends, sent) + work;
        perfectEnds = Math.max(perfectEnds, intended) + work;
        long lag = random.nextInt(50) == 0 ? random.nextInt(20_000_000) : random.nextInt(50_000);
        long read = ends + lag;
        measured.add(new Arrival(n, intended, sent, read, read, 1, 0, lag));
        perfect[n] = perfectEnds - intended;
      }
      Arrays.sort(perfect);
    }
  }
}
