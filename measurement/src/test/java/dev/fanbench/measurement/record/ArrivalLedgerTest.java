package dev.fanbench.measurement.record;

import static dev.fanbench.measurement.record.Phases.MILLI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.run.Arrival;
import dev.fanbench.measurement.workload.Phase;
import org.junit.jupiter.api.Test;

/** The cell of an arrival in each of its states, and the memory of many. */
class ArrivalLedgerTest {
  private static final long NEVER = Arrival.NEVER;
  private static final long SECOND = 1_000 * MILLI;
  private static final int SEGMENT = ArrivalLedger.SEGMENT;

  /** Five publications to two subscribers, a tenth of a second apart. */
  private final ArrivalLedger ledger = begun(Phases.fanOut(2, 5, 10));

  @Test
  void anArrivalIsDueFromItsIntendedTimeOn() {
    assertEquals(0, ledger.due(-1));
    assertEquals(1, ledger.due(0));
    assertEquals(1, ledger.due(100 * MILLI - 1));
    assertEquals(2, ledger.due(100 * MILLI));
    assertEquals(4, ledger.due(400 * MILLI - 1));
    assertEquals(5, ledger.due(400 * MILLI));
    assertEquals(5, ledger.due(Long.MAX_VALUE - 1));
  }

  @Test
  void anArrivalIsOpenedOnce() {
    assertEquals(ArrivalLedger.UNSENT, ledger.state(1));
    assertTrue(ledger.open(1, 101 * MILLI, 2));
    assertEquals(2, ledger.state(1));
    assertFalse(ledger.open(1, 102 * MILLI, 2));
    assertEquals(101 * MILLI, ledger.segment(1).sentAtNanos(1));
    assertTrue(ledger.give(2, ArrivalLedger.FAILED));
    assertFalse(ledger.give(2, ArrivalLedger.ABANDONED));
    assertFalse(ledger.open(2, 201 * MILLI, 2));
    assertEquals(ArrivalLedger.FAILED, ledger.state(2));
    assertEquals(NEVER, ledger.segment(2).sentAtNanos(2));
    assertFalse(ledger.give(1, ArrivalLedger.FAILED));
  }

  @Test
  void theLatestSendIsThatOfTheBlock() {
    assertEquals(0, ledger.lastSentNanos(0));
    assertTrue(ledger.open(0, 150 * MILLI, 2));
    assertTrue(ledger.open(1, 120 * MILLI, 2));
    assertEquals(150 * MILLI, ledger.lastSentNanos(0));
  }

  @Test
  void deliveriesAreTakenUntilNoneIsOutstanding() {
    assertEquals(ArrivalLedger.UNSENT, take(0));
    assertTrue(ledger.open(0, 0, 2));
    assertEquals(1, take(0));
    assertEquals(0, take(0));
    assertEquals(ArrivalLedger.ALREADY_WHOLE, take(0));
    assertEquals(0, ledger.state(0));
    assertEquals(0, ledger.close(0));
    assertEquals(0, ledger.state(0), "it stays whole");
    assertEquals(0, ledger.missing(0));
  }

  @Test
  void anArrivalThatWasGivenUpTellsTheNumberMissing() {
    assertEquals(0, ledger.close(0));
    assertEquals(ArrivalLedger.UNSENT, ledger.state(0));
    assertTrue(ledger.open(0, 0, 2));
    assertEquals(1, take(0));
    assertEquals(0, ledger.missing(0));
    assertEquals(1, ledger.close(0));
    assertEquals(0, ledger.close(0));
    assertEquals(1, ledger.missing(0));
    assertEquals(ArrivalLedger.CLOSED - 1, ledger.state(0));
    assertEquals(ArrivalLedger.CLOSED - 1, take(0));
    assertEquals(new Arrival(0, 0, 0, MILLI, MILLI, 1, 1, 7), ledger.arrival(0));
  }

  @Test
  void anArrivalThatIsTakenBackWasNotSent() {
    assertEquals(0, ledger.withdraw(0));
    assertTrue(ledger.open(0, MILLI, 2));
    assertEquals(2, ledger.withdraw(0));
    assertEquals(0, ledger.withdraw(0));
    assertEquals(ArrivalLedger.FAILED, ledger.state(0));
    assertEquals(new Arrival(0, 0, NEVER, NEVER, NEVER, 0, 0), ledger.arrival(0));
    assertTrue(ledger.open(1, MILLI, 1));
    assertEquals(0, take(1));
    assertEquals(0, ledger.withdraw(1));
    assertEquals(0, ledger.state(1));
  }

  @Test
  void anArrivalOfABlockThatHasNotBegunIsDueAtTheEndOfTime() {
    ArrivalLedger blocks = begun(Phases.fanOut(2, 5, 10).inBlocks(2));
    assertTrue(blocks.begun(2));
    assertFalse(blocks.begun(3));
    assertEquals(200 * MILLI, blocks.intendedAtNanos(2));
    assertEquals(Long.MAX_VALUE, blocks.intendedAtNanos(3));
    assertEquals(NEVER, blocks.arrival(3).intendedAtNanos());
    assertEquals(3, blocks.due(Long.MAX_VALUE - 1));
    assertEquals(1_200 * MILLI, blocks.deadlineNanos(2));
    blocks.beginBlock(SECOND);
    assertTrue(blocks.begun(4));
    assertFalse(blocks.begun(5));
    assertEquals(1_100 * MILLI, blocks.intendedAtNanos(4));
    assertEquals(2_100 * MILLI, blocks.deadlineNanos(3));
    assertEquals(1_100 * MILLI, blocks.segment(4).intendedAtNanos(4));
    assertEquals(1_200 * MILLI, blocks.deadlineNanos(2));
    assertEquals(2, blocks.blocksBegun());
    assertEquals(SECOND, blocks.startNanos(1));
  }

  /** A segment is a second here, and the last one has one arrival. */
  @Test
  void segmentsAreMadeThreeSecondsAhead() {
    ArrivalLedger many = begun(Phases.fanOut(1, 10 * SEGMENT + 1, SEGMENT));
    assertEquals(4, many.held());
    assertNotNull(many.segment(3 * SEGMENT));
    assertNull(many.segment(4 * SEGMENT));
    many.reserve(SECOND - 1);
    assertEquals(4, many.held());
    many.reserve(SECOND);
    assertEquals(5, many.held());
    assertTrue(many.open(7 * SEGMENT, 0, 1), "one that is sent too early has its segment");
    assertEquals(8, many.held());
    many.reserve(100 * SECOND);
    assertEquals(11, many.held());
    assertEquals(10 * SEGMENT + 1, many.segment(10 * SEGMENT).end());
    assertEquals(10 * SECOND, many.segment(10 * SEGMENT).intendedAtNanos(10 * SEGMENT));
  }

  @Test
  void aPhaseThatHasNotBegunHasNoSegment() {
    ArrivalLedger none = new ArrivalLedger(Phases.plan(Phases.fanOut(2, 5, 10), 1, 1));
    none.reserve(SECOND);
    assertEquals(0, none.held());
    Arrival unsent = none.arrival(0);
    assertEquals(new Arrival(0, NEVER, NEVER, NEVER, NEVER, 0, 0), unsent);
  }

  /** The latest eight stay, for copies that come late. */
  @Test
  void segmentsThatAreClosedAreLetGo() {
    ArrivalLedger many = begun(Phases.fanOut(1, 10 * SEGMENT + 1, SEGMENT));
    many.reserve(100 * SECOND);
    for (int n = 0; n < SEGMENT - 1; n++) {
      many.closed(n);
    }
    assertEquals(0, many.releasable());
    many.closed(SEGMENT - 1);
    assertEquals(SEGMENT, many.releasable());
    for (int n = SEGMENT; n < 10 * SEGMENT; n++) {
      many.closed(n);
    }
    assertEquals(3 * SEGMENT, many.releasable());
    many.release(2 * SEGMENT + 1);
    assertEquals(9, many.held());
    assertNull(many.segment(2 * SEGMENT - 1));
    assertNotNull(many.segment(2 * SEGMENT));
    assertEquals(3 * SEGMENT, many.releasable());
    many.release(many.size());
    assertEquals(0, many.held());
    assertNull(many.segment(10 * SEGMENT));
  }

  private int take(int n) {
    return ledger.take(ledger.segment(n), n, 0, MILLI, 7);
  }

  private static ArrivalLedger begun(Phase phase) {
    ArrivalLedger ledger = new ArrivalLedger(Phases.plan(phase, 1, 1));
    ledger.beginBlock(0);
    return ledger;
  }
}
