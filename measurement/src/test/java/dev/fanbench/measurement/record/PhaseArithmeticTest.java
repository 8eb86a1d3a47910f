package dev.fanbench.measurement.record;

import static dev.fanbench.measurement.record.Phases.MILLI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.run.Arrival;
import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.schedule.SendSchedule;
import dev.fanbench.measurement.workload.ArrivalProcess;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import dev.fanbench.measurement.workload.PhaseShare;
import dev.fanbench.measurement.workload.Shard;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/** Times and counts of arrivals that are not the first of their phase, loop, block or run. */
class PhaseArithmeticTest {
  private static final long SECOND = 1_000 * MILLI;

  /** Arrival 9 is due at 900 ms. */
  @Test
  void everySeriesOfALaterArrivalBeginsWithItsIntendedTime() {
    PhaseRecorder recorder = begun(Phases.fanOut(2, 10, 10), 1);
    recorder.sent(9, 901 * MILLI);
    deliver(recorder, 0, 9, 904 * MILLI);
    deliver(recorder, 1, 9, 909 * MILLI);
    assertSample(4, 9, drained(recorder, Series.RESPONSE));
    assertSample(3, 8, drained(recorder, Series.SERVICE));
    assertSample(1, 1, drained(recorder, Series.SEND_DELAY));
    assertSample(4, 4, drained(recorder, Series.FIRST_DELIVERY));
    assertSample(9, 9, drained(recorder, Series.LAST_DELIVERY));
    assertSample(5, 5, drained(recorder, Series.SKEW));
  }

  @Test
  void percentilesOfASubscriberAreOfItsResponseTimes() {
    PhaseRecorder recorder = begun(Phases.fanOut(2, 100, 10), 1);
    for (int n = 0; n < 100; n++) {
      long intended = recorder.intendedAtNanos(n);
      recorder.sent(n, intended);
      deliver(recorder, 0, n, intended + 5 * MILLI);
    }
    recorder.complete();
    for (Series series : List.of(Series.SUBSCRIBER_P50, Series.SUBSCRIBER_P99)) {
      Histogram each = drained(recorder, series);
      assertEquals(1, each.getTotalCount());
      long offNanos = Math.abs(5 * MILLI - each.getMaxValue());
      assertTrue(offNanos < 5 * MILLI / 30, "half of a bucket of 6 %");
    }
  }

  @Test
  void anArrivalThatNoneHeardIsNoAnomaly() {
    PhaseRecorder recorder = begun(Phases.fanOut(2, 10, 10), 1);
    recorder.sent(9, 900 * MILLI);
    recorder.complete();
    assertEquals(2, recorder.deliveryCount().missing());
    assertEquals(0, recorder.deliveryCount().anomalies());
    assertEquals(1, recorder.undelivered().get("firstDelivery"));
  }

  /** Otherwise it would count as the delivery that the other subscriber lacks. */
  @Test
  void aSecondCopyOfALaterArrivalIsADuplicate() {
    PhaseRecorder recorder = begun(Phases.fanOut(2, 10, 10), 1);
    recorder.sent(3, 300 * MILLI);
    deliver(recorder, 0, 3, 301 * MILLI);
    deliver(recorder, 0, 3, 302 * MILLI);
    recorder.complete();
    assertEquals(1, recorder.deliveryCount().duplicates());
    assertEquals(1, recorder.deliveryCount().delivered());
    assertEquals(1, recorder.deliveryCount().missing());
  }

  /** The row is written later, when the second answer has come. */
  @Test
  void aSecondAnswerOnAnotherLoopChangesNoTime() {
    PhaseRecorder recorder = begun(Phases.echo(2, 10), 2);
    recorder.sent(1, 100 * MILLI);
    recorder.deliveries(0).delivered(0, 100, 1, 100 * MILLI, 102 * MILLI, 3);
    recorder.deliveries(1).delivered(0, 100, 1, 100 * MILLI, 107 * MILLI, 5);
    assertEquals(1, recorder.deliveryCount().duplicates());
    assertEquals(
        new Arrival(1, 100 * MILLI, 100 * MILLI, 102 * MILLI, 102 * MILLI, 1, 0, 3),
        recorder.arrival(1));
  }

  /** A word of the bitmap has 64 bits. */
  @Test
  void theSixtyFifthArrivalIsHeard() {
    PhaseRecorder recorder = begun(Phases.fanOut(1, 65, 10), 1);
    recorder.sent(64, 6_400 * MILLI);
    deliver(recorder, 0, 64, 6_401 * MILLI);
    deliver(recorder, 0, 64, 6_402 * MILLI);
    assertEquals(1, recorder.deliveryCount().delivered());
    assertEquals(1, recorder.deliveryCount().duplicates());
  }

  /** A segment is a second here. Event loops need not make those that are due soon. */
  @Test
  void aTickPreparesForTheNextThreeSeconds() {
    int segment = ArrivalLedger.SEGMENT;
    PhaseRecorder recorder = begun(Phases.fanOut(1, 10 * segment, segment), 1);
    assertEquals(4, recorder.segments());
    recorder.turn(2 * SECOND);
    assertEquals(6, recorder.segments());
    recorder.complete();
    assertTrue(recorder.settled(), "the end does not wait for the tick");
  }

  /** The publishers of an earlier phase have the numbers 0 to 7. */
  @Test
  void publishersOfOtherShardsAreNumberedBehindThoseOfEarlierPhases() {
    PhaseRecorder recorder = shard(8);
    recorder.foreignSent(1);
    recorder.deliveries(0).delivered(0, 8 + 2, 0, 0, 1);
    recorder.deliveries(0).delivered(2, 8 + 2, 0, 0, 1);
    assertTrue(recorder.foreignSettled());
    assertEquals(2, recorder.deliveryCount().foreign());
    assertEquals(0, recorder.deliveryCount().unexpected());
  }

  /** In the second block others send again, and their number is not known yet. */
  @Test
  void aBlockForgetsTheNumberThatOthersHadSent() {
    PhaseRecorder recorder = shard(0);
    recorder.foreignSent(1);
    assertFalse(recorder.foreignSettled());
    recorder.beginBlock(60 * SECOND);
    assertTrue(recorder.foreignSettled());
    recorder.deliveries(0).delivered(0, 2, 0, 0, 1);
    recorder.deliveries(0).delivered(2, 2, 0, 0, 1);
    recorder.deliveries(0).delivered(0, 2, 2, 0, 1);
    DeliveryCount count = recorder.deliveryCount();
    assertEquals(3, count.expected());
    assertEquals(3, count.delivered());
  }

  /** Shard 1 of four has two members and one publisher of each of two rooms. */
  private static PhaseRecorder shard(int firstPublisher) {
    PhaseShare share =
        new PhaseShare(
            new Phase("fanout-16-in-2", PhaseKind.FANOUT, 16, 2, 4_000, 100, false).inBlocks(2),
            new Shard(1, 4));
    Phase own = share.own();
    SendSchedule schedule = SendSchedule.of(own, ArrivalProcess.CONSTANT, 1);
    return Phases.begun(
        new PhasePlan(own, schedule, MILLI, firstPublisher, own.publishers(), 1, share, null),
        ArrivalListener.none());
  }

  private static PhaseRecorder begun(Phase phase, int loops) {
    return Phases.begun(Phases.plan(phase, 1, loops), ArrivalListener.none());
  }

  private static void deliver(PhaseRecorder recorder, int subscriber, int n, long nowNanos) {
    recorder.deliveries(0).delivered(subscriber, 100, n, recorder.intendedAtNanos(n), nowNanos);
  }

  private static Histogram drained(PhaseRecorder recorder, Series series) {
    Histogram total = SampleRecorder.emptyHistogram();
    recorder.drainInto(series, total);
    return total;
  }

  private static void assertSample(long leastMillis, long mostMillis, Histogram samples) {
    assertTrue(samples.valuesAreEquivalent(leastMillis * MILLI, samples.getMinValue()));
    assertTrue(samples.valuesAreEquivalent(mostMillis * MILLI, samples.getMaxValue()));
  }
}
