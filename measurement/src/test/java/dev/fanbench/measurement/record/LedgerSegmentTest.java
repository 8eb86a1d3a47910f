package dev.fanbench.measurement.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.run.Arrival;
import org.junit.jupiter.api.Test;

/** Times that two loops write of the same arrivals, from the tenth on. */
class LedgerSegmentTest {
  private static final int FIRST = 10;

  private final LedgerSegment segment =
      new LedgerSegment(Phases.plan(Phases.fanOut(3, 20, 10), 1, 2), FIRST, 5);

  @Test
  void anArrivalThatWasNotSeenHasNoTimes() {
    assertEquals(Arrival.NEVER, segment.firstAtNanos(12));
    assertEquals(Arrival.NEVER, segment.lastAtNanos(12));
    assertEquals(Arrival.NEVER, segment.lagNanos(12));
    assertEquals(Arrival.NEVER, segment.sentAtNanos(12));
    assertEquals(Long.MAX_VALUE, segment.intendedAtNanos(12));
    assertEquals(15, segment.end());
  }

  @Test
  void theFirstAndTheLastAreThoseOfAllLoops() {
    segment.seen(12, 1, 50, 5);
    segment.seen(12, 0, 90, 9);
    segment.seen(12, 1, 70, 7);
    segment.seen(12, 0, 60, 6);
    assertEquals(50, segment.firstAtNanos(12));
    assertEquals(90, segment.lastAtNanos(12));
    assertEquals(9, segment.lagNanos(12));
    segment.seen(12, 1, 95, 2);
    assertEquals(2, segment.lagNanos(12));
    assertEquals(Arrival.NEVER, segment.lastAtNanos(13));
    assertEquals(Arrival.NEVER, segment.lastAtNanos(11));
  }

  /** Of one read, the delivery that was taken from it last counts. */
  @Test
  void theLagOfEqualTimesIsThatOfTheLaterReport() {
    segment.seen(10, 0, 50, 5);
    segment.seen(10, 0, 50, 8);
    assertEquals(8, segment.lagNanos(10));
    segment.seen(10, 1, 50, 3);
    assertEquals(8, segment.lagNanos(10), "the first loop's, of two loops");
    assertEquals(50, segment.lastAtNanos(10));
  }

  @Test
  void timesStandAtTheirArrival() {
    segment.sent(10, 1);
    segment.sent(14, 5);
    segment.intended(14, 4);
    assertEquals(1, segment.sentAtNanos(10));
    assertEquals(5, segment.sentAtNanos(14));
    assertEquals(4, segment.intendedAtNanos(14));
    assertEquals(0, segment.place(10));
    assertEquals(4, segment.place(14));
  }

  /** A word has 64 bits. */
  @Test
  void aBitIsThatOfItsRowAndTurn() {
    DeliveryBitmap bitmap = new DeliveryBitmap(2, 65);
    bitmap.mark(0, 64);
    bitmap.mark(1, 0);
    assertEquals(2, bitmap.rows());
    assertTrue(bitmap.has(0, 64));
    assertFalse(bitmap.has(0, 0));
    assertTrue(bitmap.has(1, 0));
    assertFalse(bitmap.has(1, 64));
    bitmap.mark(1, 1);
    assertTrue(bitmap.has(1, 0), "a second mark leaves the first");
    new DeliveryBitmap(1, 64).mark(0, 63);
  }
}
