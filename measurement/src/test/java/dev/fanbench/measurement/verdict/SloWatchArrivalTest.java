package dev.fanbench.measurement.verdict;

import static dev.fanbench.measurement.verdict.Runs.MILLI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.record.Phases;
import dev.fanbench.measurement.run.Arrival;
import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.DeliveryCountBuilder;
import dev.fanbench.measurement.run.Interval;
import dev.fanbench.measurement.run.PhaseProgress;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** Thresholds that are decided by single arrivals, whose read lag and slip are known. */
class SloWatchArrivalTest {
  private static final Phase FANOUT = Phases.fanOut(10, 1_000, 100);
  private static final Phase ECHO = Phases.echo(1_000, 100);

  /** Room 0 has three members, and room 1 has two. */
  private static final Phase UNEVEN =
      new Phase("fanout-5-in-2", PhaseKind.FANOUT, 5, 2, 1_000, 100, false);

  /** Another delivery was read 100 ms late, so that the interval alone shows no miss. */
  @Test
  void anArrivalIsJudgedByItsOwnReadLag() {
    SloWatch watch = new SloWatch(Slo.parseAll("max.lastDelivery<250ms"));
    Map<Series, Interval> late = new EnumMap<>(Series.class);
    late.put(Series.LAST_DELIVERY, interval(1, 300 * MILLI));
    late.put(Series.READ_LAG, interval(1, 100 * MILLI));

    assertEquals(Optional.empty(), watch.lost(progress(FANOUT, late)));
    watch.add(arrival(200 * MILLI));
    assertEquals(Optional.empty(), watch.lost(progress(FANOUT, Map.of())));
    watch.add(arrival(300 * MILLI));
    assertTrue(watch.lost(progress(FANOUT, Map.of())).isPresent());
  }

  @Test
  void anArrivalBeforeTheFirstIntervalOfItsPhaseIsNotCounted() {
    SloWatch watch = new SloWatch(Slo.parseAll("max.lastDelivery<250ms"));

    watch.add(arrival(300 * MILLI));
    assertEquals(Optional.empty(), watch.lost(progress(FANOUT, Map.of())));
  }

  /** Ten deliveries are an arrival of a fan-out, so that its last one tells nothing of the nine. */
  @Test
  void aThresholdOnDeliveriesIsNotDecidedByArrivals() {
    SloWatch watch = new SloWatch(Slo.parseAll("max.response<250ms,max.firstDelivery<250ms"));

    assertEquals(Optional.empty(), watch.lost(progress(FANOUT, Map.of())));
    watch.add(arrival(300 * MILLI));
    assertEquals(Optional.empty(), watch.lost(progress(FANOUT, Map.of())));
  }

  @Test
  void theResponseOfARoundTripIsAnArrival() {
    SloWatch watch = new SloWatch(Slo.parseAll("max.echo<250ms"));

    assertEquals(Optional.empty(), watch.lost(progress(ECHO, Map.of())));
    watch.add(arrival(300 * MILLI));
    assertTrue(watch.lost(progress(ECHO, Map.of())).isPresent());
  }

  /** Twenty of 1,000 in one stall are worth few samples, and the verdict would be undecided. */
  @Test
  void aStallIsNotMissedForCertain() {
    SloWatch watch = new SloWatch(Slo.parseAll("p99.lastDelivery<250ms"));

    assertEquals(Optional.empty(), watch.lost(progress(FANOUT, Map.of())));
    for (int n = 0; n < 41; n++) {
      watch.add(arrival(300 * MILLI));
      assertEquals(Optional.empty(), watch.lost(progress(FANOUT, Map.of())), "arrival " + n);
    }
    watch.add(arrival(300 * MILLI));
    assertTrue(watch.lost(progress(FANOUT, Map.of())).isPresent());
  }

  /** Of 1,000 publications 41 may be over the limit of a p99, and 30 are in each of two phases. */
  @Test
  void arrivalsOfAnEarlierPhaseAreNotThoseOfTheNext() {
    SloWatch watch = new SloWatch(Slo.parseAll("p99.lastDelivery<250ms"));

    for (int subscribers : new int[] {10, 20}) {
      Phase phase = Phases.fanOut(subscribers, 1_000, 100);
      assertEquals(Optional.empty(), watch.lost(progress(phase, Map.of())));
      for (int n = 0; n < 30; n++) {
        watch.add(arrival(300 * MILLI));
      }
      assertEquals(Optional.empty(), watch.lost(progress(phase, Map.of())));
    }
  }

  /** Its larger room has three members, and 122 of 3,000 deliveries may be over the limit. */
  @Test
  void deliveriesOfAPublicationAreThoseOfTheLargestRoom() {
    SloWatch watch = new SloWatch(Slo.parseAll("p99.response<250ms"));

    Map<Series, Interval> most = Map.of(Series.RESPONSE, interval(122, 300 * MILLI));
    Map<Series, Interval> one = Map.of(Series.RESPONSE, interval(1, 300 * MILLI));
    assertEquals(Optional.empty(), watch.lost(progress(UNEVEN, most)));
    assertTrue(watch.lost(progress(UNEVEN, one)).isPresent());
  }

  @Test
  void missingDeliveriesAreThoseOfAsFewPublicationsAsCanBe() {
    SloWatch watch = new SloWatch(Slo.parseAll("p99.lastDelivery<250ms"));

    assertEquals(Optional.empty(), watch.lost(missing(123)));
    assertEquals(
        "p99 not delivered so far, 42 samples are over the limit and 41 of 1,000 may be, at second"
            + " 1 of the run",
        watch.lost(missing(124)).orElseThrow().observed());
  }

  private static PhaseProgress missing(long deliveries) {
    DeliveryCount count = DeliveryCountBuilder.builder().missing(deliveries).build();
    Map<Series, Interval> few = Map.of(Series.LAST_DELIVERY, interval(40, MILLI));
    return new PhaseProgress(UNEVEN, 1_000 * MILLI, 100, count, few);
  }

  private static PhaseProgress progress(Phase phase, Map<Series, Interval> gained) {
    return new PhaseProgress(phase, 1_000 * MILLI, 100, DeliveryCount.NONE, gained);
  }

  /** It was sent and read in time, and nothing was on its way before it. */
  private static Arrival arrival(long lastAtNanos) {
    return new Arrival(0, 0, 0, lastAtNanos, lastAtNanos, 10, 0, 0);
  }

  private static Interval interval(int samples, long nanos) {
    Histogram histogram = new Histogram(1, 3_600_000_000_000L, 3);
    histogram.recordValueWithCount(nanos, samples);
    return new Interval(0, 1_000 * MILLI, histogram);
  }
}
