package dev.fanbench.measurement.run;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OverLimitCountTest {
  private static final long MILLI = 1_000_000;

  private final OverLimitCount count = new OverLimitCount(10 * MILLI);

  @Test
  void readLagAndSlipOfTheBusyPeriodAreTakenOff() {
    count.add(arrival(0, 0, 15, 0));
    assertEquals(1, count.over());
    count.add(arrival(20, 0, 15, 5));
    assertEquals(1, count.over(), "10 ms with a read at once");
    count.add(arrival(40, 6, 15, 0));
    assertEquals(1, count.over(), "9 ms with a send in time");
    count.add(arrival(60, 0, 15, 0));
    assertEquals(2, count.over());
  }

  /** One late send delays every arrival that waits behind it. */
  @Test
  void aLateSendBelongsToItsWholeBusyPeriod() {
    count.add(arrival(0, 0, 15, 0));
    assertEquals(1, count.over());
    count.add(arrival(10, 6, 30, 0));
    assertEquals(1, count.over(), "30 ms may have been 24, and 15 may have been 9");
    count.add(arrival(100, 0, 12, 0));
    assertEquals(2, count.over(), "the slip of an earlier period is over");
  }

  @Test
  void arrivalsThatAreNotWholeAreNotCounted() {
    count.add(new Arrival(0, 0, 0, 20 * MILLI, 20 * MILLI, 1, 1, 0));
    count.add(new Arrival(1, 0, Arrival.NEVER, Arrival.NEVER, Arrival.NEVER, 0, 0, Arrival.NEVER));
    assertEquals(0, count.over());
  }

  /** The count is that of the bounds which the report is made from, but for a bucket's width. */
  @Test
  void theCountAgreesWithTheBoundsOfTheReport() {
    Random random = new Random(7);
    for (int round = 0; round < 200; round++) {
      OverLimitCount streamed = new OverLimitCount(10 * MILLI);
      List<Arrival> arrivals = new ArrayList<>();
      int at = 0;
      for (int n = 0; n < 100; n++) {
        at += random.nextInt(20);
        arrivals.add(arrival(at, random.nextInt(3), 4 + 2 * random.nextInt(9), random.nextInt(2)));
      }
      arrivals.forEach(streamed::add);
      long expected = 0;
      for (long leastNanos : PerfectLoad.leastNanos(arrivals)) {
        expected += leastNanos > 10 * MILLI ? 1 : 0;
      }
      assertEquals(expected, streamed.over());
    }
  }

  private static Arrival arrival(
      long intendedMillis, long slipMillis, long tookMillis, long lagMillis) {
    long intended = intendedMillis * MILLI;
    return new Arrival(
        0,
        intended,
        intended + slipMillis * MILLI,
        intended + tookMillis * MILLI,
        intended + tookMillis * MILLI,
        1,
        0,
        lagMillis * MILLI);
  }
}
