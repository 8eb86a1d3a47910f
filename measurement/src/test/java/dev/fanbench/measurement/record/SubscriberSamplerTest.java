package dev.fanbench.measurement.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SubscriberSamplerTest {

  private static final long MILLI = 1_000_000;

  @Test
  void eachSubscriberHasAMedianOfItsOwn() {
    SubscriberSampler times = new SubscriberSampler(3);
    for (int n = 1; n <= 9; n++) {
      times.record(0, n * MILLI);
      times.record(1, 20 * MILLI);
    }
    times.record(2, MILLI); // too few for a median
    List<Long> medians = medians(times);
    assertEquals(2, medians.size());
    assertEquals(5 * MILLI, medians.get(0), 0.03 * 5 * MILLI);
    assertEquals(20 * MILLI, medians.get(1), 0.03 * 20 * MILLI);
  }

  @Test
  void aP99NeedsAHundredDeliveries() {
    SubscriberSampler times = new SubscriberSampler(2);
    for (int n = 0; n < 200; n++) {
      times.record(0, n < 197 ? MILLI : 50 * MILLI);
    }
    for (int n = 0; n < 99; n++) {
      times.record(1, MILLI);
    }
    List<Long> p99s = new ArrayList<>();
    times.p99s(p99s::add);
    assertEquals(1, p99s.size());
    assertEquals(50 * MILLI, p99s.get(0), 0.03 * 50 * MILLI);
  }

  @Test
  void aHundredDeliveriesHaveAP99() {
    SubscriberSampler times = new SubscriberSampler(2);
    for (int n = 0; n < 100; n++) {
      times.record(0, n < 99 ? MILLI : 50 * MILLI);
      times.record(1, n < 98 ? MILLI : 50 * MILLI);
    }
    List<Long> p99s = new ArrayList<>();
    times.p99s(p99s::add);
    assertEquals(2, p99s.size());
    assertEquals(MILLI, p99s.get(0), 0.03 * MILLI);
    assertEquals(50 * MILLI, p99s.get(1), 0.03 * 50 * MILLI);
  }

  /** Up to 128 subscribers are sampled, and every second one of 129. */
  @Test
  void fewSubscribersAreAllSampled() {
    assertEquals(128, medians(eightOfEach(128)).size());
    assertEquals(65, medians(eightOfEach(129)).size());
    assertEquals(2, medians(eightOfEach(2)).size());
  }

  private static SubscriberSampler eightOfEach(int subscribers) {
    SubscriberSampler times = new SubscriberSampler(subscribers);
    for (int subscriber = 0; subscriber < subscribers; subscriber++) {
      for (int n = 0; n < 8; n++) {
        times.record(subscriber, MILLI);
      }
    }
    return times;
  }

  @Test
  void aSubscriberThatIsNotOfThePhaseIsNotKept() {
    SubscriberSampler times = eightOfEach(2);
    times.record(2, 0);
    times.record(3, MILLI);
    assertEquals(2, medians(times).size());
  }

  /** Times under 1,024 ns share a bucket; from there on sixteen buckets double the time. */
  @Test
  void aTimeIsTheMiddleOfItsBucket() {
    assertEquals(512, median(1_023));
    assertEquals(1_024 + 32, median(1_024));
    assertEquals(1_024 + 32, median(1_024 + 63));
    assertEquals(1_024 + 96, median(1_024 + 64));
    assertEquals(2_048 - 32, median(2_047));
    assertEquals(2_048 + 64, median(2_048));
    assertEquals((1L << 30) + (1L << 25), median(1L << 30));
  }

  private static long median(long nanos) {
    SubscriberSampler times = new SubscriberSampler(2);
    for (int n = 0; n < 8; n++) {
      times.record(1, nanos);
    }
    return medians(times).get(0);
  }

  /** Its memory has a bound, so of 18,000 each 256th has a histogram. */
  @Test
  void ofManySubscribersSomeAreSampled() {
    SubscriberSampler times = new SubscriberSampler(18_000);
    for (int n = 0; n < 8; n++) {
      for (int subscriber = 0; subscriber < 18_000; subscriber++) {
        times.record(subscriber, MILLI + subscriber * 1_000L);
      }
    }
    List<Long> medians = medians(times);
    assertEquals(71, medians.size());
    assertTrue(medians.get(70) > 17 * medians.get(0), medians::toString);
  }

  @Test
  void extremesHaveTheirPlaces() {
    SubscriberSampler times = new SubscriberSampler(2);
    for (int n = 0; n < 8; n++) {
      times.record(0, 0);
      times.record(1, 3_600_000 * MILLI);
    }
    times.record(1, -1);
    times.record(1, Long.MAX_VALUE);
    List<Long> medians = medians(times);
    assertEquals(512, medians.get(0));
    assertEquals(3_600_000.0 * MILLI, medians.get(1), 0.04 * 3_600_000 * MILLI);
  }

  @Test
  void oneSubscriberIsComparedWithNone() {
    SubscriberSampler times = new SubscriberSampler(1);
    for (int n = 0; n < 100; n++) {
      times.record(0, MILLI);
    }
    assertEquals(List.of(), medians(times));
  }

  private static List<Long> medians(SubscriberSampler times) {
    List<Long> medians = new ArrayList<>();
    times.medians(medians::add);
    return medians;
  }
}
