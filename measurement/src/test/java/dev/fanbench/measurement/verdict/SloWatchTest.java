package dev.fanbench.measurement.verdict;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.record.Phases;
import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.DeliveryCountBuilder;
import dev.fanbench.measurement.run.Interval;
import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.PhaseProgress;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.SloVerdict;
import dev.fanbench.measurement.run.SloVerdict.Decision;
import dev.fanbench.measurement.workload.Phase;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SloWatchTest {
  private static final long MILLI = 1_000_000;
  private static final Phase FANOUT = Phases.fanOut(10, 1_000, 100);

  private int second;

  /** Of 1,000 publications a p99 has 982 below its lower end, so that 18 may be over the limit. */
  @ParameterizedTest
  @CsvSource({"p99,1000,18", "p90,1000,123", "p50,1000,537", "p99,100,4", "max,1000,0"})
  void aPercentileHasRoomForSomeSamplesOverItsLimit(String rank, int count, long most) {
    Percentile percentile =
        Stream.of(Percentile.values())
            .filter(each -> each.label().equals(rank))
            .findFirst()
            .orElseThrow();
    assertEquals(most, percentile.mostOver(count, count));
    assertEquals(10 * most, percentile.mostOver(10L * count, count));
  }

  /** Those that are over the limit may have come one after the other, and be worth fewer. */
  @ParameterizedTest
  @CsvSource({"p99,1000,41", "p99,10000,405", "p90,1000,400", "p50,1000,1000", "max,1000,0"})
  void inOneStallMoreMayBeOverTheLimit(String rank, int count, long most) {
    Percentile percentile =
        Stream.of(Percentile.values())
            .filter(each -> each.label().equals(rank))
            .findFirst()
            .orElseThrow();
    assertEquals(most, percentile.mostOverInAnyOrder(count, count, 1));
    assertTrue(most <= percentile.mostOverInAnyOrder(count, count, 8));
  }

  /** No number of samples over the limit decides a percentile that has no lower end. */
  @Test
  void aPercentileOfVeryFewSamplesIsNeverLost() {
    assertEquals(3, Percentile.P50.mostOver(3, 3));
  }

  @Test
  void aPercentileIsLostWhenTheRestOfThePhaseCannotChangeIt() {
    SloWatch watch = new SloWatch(Slo.parseAll("p99.lastDelivery<250ms"));

    assertEquals(Optional.empty(), watch.lost(last(80, MILLI)));
    assertEquals(Optional.empty(), watch.lost(last(41, 300 * MILLI)));
    SloVerdict lost = watch.lost(last(1, 300 * MILLI)).orElseThrow();
    assertEquals(Decision.MISSED, lost.decision());
    assertTrue(lost.fails());
    assertEquals(
        "threshold missed: p99.lastDelivery<250ms in fanout-10: p99 300 ms so far, 42 samples are"
            + " over the limit and 41 of 1,000 may be, at second 3 of the run",
        lost.sentence());
  }

  /** The lateness of the load is not the target's: 300 ms may have been 245 ms. */
  @Test
  void samplesThatThePerfectLoadMayHaveHeldAreNotCounted() {
    SloWatch watch = new SloWatch(Slo.parseAll("max.lastDelivery<250ms"));
    Map<Series, Interval> late = new EnumMap<>(Series.class);
    late.put(Series.LAST_DELIVERY, interval(5, 300 * MILLI));
    late.put(Series.READ_LAG, interval(5, 30 * MILLI));
    late.put(Series.SEND_DELAY, interval(5, 25 * MILLI));

    assertEquals(Optional.empty(), watch.lost(told(FANOUT, 100, DeliveryCount.NONE, late)));
    assertTrue(watch.lost(last(1, 310 * MILLI)).isPresent());
  }

  @Test
  void missingDeliveriesAreOverEachLimit() {
    SloWatch watch =
        new SloWatch(Slo.parseAll("p99.lastDelivery<1s,p90.response<1s,p50.firstDelivery<1s"));

    assertEquals(Optional.empty(), watch.lost(missing(410)));
    assertEquals("p99.lastDelivery<1s", watch.lost(missing(411)).orElseThrow().expression());
  }

  /** A response time is that of a delivery, of which each publication has ten. */
  @Test
  void aPercentileOfDeliveriesIsLostByDeliveries() {
    SloWatch watch = new SloWatch(Slo.parseAll("p99.response<250ms"));

    assertEquals(Optional.empty(), watch.lost(gained(Series.RESPONSE, 405, 300 * MILLI)));
    assertTrue(watch.lost(gained(Series.RESPONSE, 1, 300 * MILLI)).isPresent());
  }

  @ParameterizedTest
  @CsvSource({
    "lostConnections==0,0,1",
    "lostConnections<=2,2,3",
    "lostConnections<2,1,2",
    "faults==0,0,1",
    "lostConnections==0@fanout-10,0,1"
  })
  void aCountIsLostWhenItIsOverItsLimit(String expression, long held, long lost) {
    SloWatch watch = new SloWatch(Slo.parseAll(expression));

    assertEquals(Optional.empty(), watch.lost(connections(FANOUT, held)));
    assertEquals(expression, watch.lost(connections(FANOUT, lost)).orElseThrow().expression());
  }

  @Test
  void countsOfAllMeasuredPhasesAreAdded() {
    SloWatch watch = new SloWatch(Slo.parseAll("lostConnections<=2,lostConnections==0@echo"));

    assertEquals(Optional.empty(), watch.lost(connections(Phases.warmUp(10, 10), 9)));
    assertEquals(Optional.empty(), watch.lost(connections(FANOUT, 2)));
    SloVerdict lost = watch.lost(connections(Phases.fanOut(20, 100, 10), 1)).orElseThrow();
    assertEquals("run", lost.phase());
    assertEquals("3, at second 3 of the run", lost.observed());
  }

  /** There is nothing left to save in it; a phase behind it is not begun. */
  @Test
  void aPhaseWhoseArrivalsAreAllDueComesToItsEnd() {
    SloWatch watch = new SloWatch(Slo.parseAll("lostConnections==0"));
    DeliveryCount one = DeliveryCountBuilder.builder().lostConnections(1).build();

    assertEquals(Optional.empty(), watch.lost(told(FANOUT, 1_000, one, Map.of())));
    SloVerdict lost = watch.lost(connections(Phases.fanOut(20, 100, 10), 0)).orElseThrow();
    assertEquals("1, at second 1 of the run", lost.observed());
  }

  @Test
  void questionsAndOtherPhasesEndNoRun() {
    SloWatch watch =
        new SloWatch(
            List.of(
                Slo.parse("max.lastDelivery<1ms").asQuestion(),
                Slo.parse("lostConnections==0").asQuestion(),
                Slo.parse("max.lastDelivery<1ms@fanout-20"),
                Slo.parse("max.echo<1ms")));

    assertEquals(Optional.empty(), watch.lost(last(500, 300 * MILLI)));
    assertEquals(Optional.empty(), watch.lost(connections(FANOUT, 5)));
  }

  private PhaseProgress last(int samples, long nanos) {
    return gained(Series.LAST_DELIVERY, samples, nanos);
  }

  private PhaseProgress gained(Series series, int samples, long nanos) {
    return told(FANOUT, 100, DeliveryCount.NONE, Map.of(series, interval(samples, nanos)));
  }

  private PhaseProgress missing(long deliveries) {
    DeliveryCount count = DeliveryCountBuilder.builder().missing(deliveries).build();
    return told(FANOUT, 100, count, Map.of());
  }

  private PhaseProgress connections(Phase phase, long lost) {
    DeliveryCount count = DeliveryCountBuilder.builder().lostConnections(lost).build();
    return told(phase, 1, count, Map.of());
  }

  private PhaseProgress told(
      Phase phase, int due, DeliveryCount count, Map<Series, Interval> gained) {
    second++;
    return new PhaseProgress(phase, second * 1_000L * MILLI, due, count, gained);
  }

  private static Interval interval(int samples, long nanos) {
    Histogram histogram = new Histogram(1, 3_600_000_000_000L, 3);
    histogram.recordValueWithCount(nanos, samples);
    return new Interval(0, 1_000 * MILLI, histogram);
  }
}
