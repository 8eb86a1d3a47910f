package dev.fanbench.gatling.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.record.ArrivalListener;
import dev.fanbench.measurement.run.Arrival;
import dev.fanbench.measurement.workload.ArrivalProcess;
import dev.fanbench.measurement.workload.BackgroundLoad;
import dev.fanbench.measurement.workload.Outage;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseBuilder;
import dev.fanbench.measurement.workload.PhaseKind;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class AlternationTest {
  private static final long MILLI = 1_000_000;

  /** 40 arrivals a second: half a gap is 12.5 ms. */
  private static final Phase MEASURED =
      PhaseBuilder.builder()
          .name("fanout-10")
          .kind(PhaseKind.FANOUT)
          .subscribers(10)
          .rooms(1)
          .count(400)
          .ratePerSecond(40)
          .blocks(8)
          .build();

  private static final Phase WARM_UP =
      PhaseBuilder.builder(MEASURED).name("warm-up-fanout-10").warmUp(true).blocks(1).build();

  private final Alternation duet = new Alternation(true, ArrivalProcess.CONSTANT);

  @Test
  void theOffsetIsHalfOfTheTimeBetweenArrivals() {
    assertEquals(12_500_000, Alternation.halfGapNanos(MEASURED));
    assertEquals(125_000_000, Alternation.halfGapNanos(MEASURED.inBursts(10)));
  }

  @Test
  void arrivalsThatAreOverBeforeTheOtherOnesAlternate() {
    see(duet, WARM_UP, 12, 12);
    assertTrue(duet.in(MEASURED));
  }

  @Test
  void oneSlowTargetIsEnoughForTurns() {
    see(duet, WARM_UP, 12, 13);
    assertFalse(duet.in(MEASURED));
  }

  @Test
  void nineOfTenAreEnough() {
    ArrivalListener first = duet.watching("a", WARM_UP, ArrivalListener.none());
    ArrivalListener second = duet.watching("b", WARM_UP, ArrivalListener.none());
    for (int n = 0; n < 10; n++) {
      first.closed(arrival(n, 1));
      second.closed(arrival(n, n == 0 ? 100 : 1));
    }
    assertTrue(duet.in(MEASURED));
    second.closed(arrival(10, 100));
    assertFalse(duet.in(MEASURED));
  }

  /** The times of a cold target are not those of a warm one. */
  @Test
  void theLastHundredCount() {
    ArrivalListener first = duet.watching("a", WARM_UP, ArrivalListener.none());
    ArrivalListener second = duet.watching("b", WARM_UP, ArrivalListener.none());
    for (int n = 0; n < 300; n++) {
      first.closed(arrival(n, 1));
      second.closed(arrival(n, n < 200 ? 100 : 1));
    }
    assertTrue(duet.in(MEASURED));
  }

  @Test
  void aLostDeliveryIsNotOverInTime() {
    see(duet, WARM_UP, 1, 1);
    assertTrue(duet.in(MEASURED));
    ArrivalListener second = duet.watching("b", WARM_UP, ArrivalListener.none());
    second.closed(new Arrival(4, 0, 0, MILLI, MILLI, 9, 1));
    assertFalse(duet.in(MEASURED));
    for (int n = 5; n < 14; n++) {
      second.closed(arrival(n, 1));
    }
    assertTrue(duet.in(MEASURED));
    second.closed(new Arrival(14, 0, 0, Arrival.NEVER, Arrival.NEVER, 0, 0));
    assertFalse(duet.in(MEASURED));
  }

  /** Without a warm-up the first block is in turn, and tells. */
  @Test
  void theBlocksOfThePhaseItselfTellToo() {
    assertFalse(duet.in(MEASURED), "nothing is known");
    see(duet, MEASURED, 1, 1);
    assertTrue(duet.in(MEASURED));
    see(duet, MEASURED, 1, 100);
    assertFalse(duet.in(MEASURED));
  }

  @Test
  void threeArrivalsSayTooLittle() {
    for (String target : List.of("a", "b")) {
      ArrivalListener listener = duet.watching(target, WARM_UP, ArrivalListener.none());
      for (int n = 0; n < 3; n++) {
        listener.closed(arrival(n, 1));
      }
    }
    assertFalse(duet.in(MEASURED));
  }

  @Test
  void anotherLoadHasTimesOfItsOwn() {
    see(duet, WARM_UP, 1, 1);
    assertFalse(duet.in(WARM_UP));
    List<Phase> others =
        List.of(
            PhaseBuilder.builder(MEASURED).ratePerSecond(80).build(),
            PhaseBuilder.builder(MEASURED).subscribers(100).build(),
            PhaseBuilder.builder(MEASURED).rooms(2).build(),
            PhaseBuilder.builder(MEASURED).burst(2).build(),
            MEASURED.ofBytes(4_000),
            MEASURED.publishedBy(10));
    others.forEach(other -> assertFalse(duet.in(other), other.toString()));
    see(duet, others.get(0), 20, 20);
    assertTrue(duet.in(MEASURED), "each warm-up is kept");
  }

  @Test
  void whatDisturbsOneSideWouldDisturbBoth() {
    List<Phase> disturbed =
        List.of(
            MEASURED.inBlocks(1).with(Outage.KILLED), MEASURED.among(new BackgroundLoad(0, 3, 0)));
    for (Phase phase : disturbed) {
      see(duet, WARM_UP, 1, 1);
      see(duet, phase, 1, 1);
      assertFalse(duet.in(phase), phase.toString());
    }
  }

  @Test
  void oneTargetAloneDoesNotAlternate() {
    for (int n = 0; n < 10; n++) {
      duet.watching("a", WARM_UP, ArrivalListener.none()).closed(arrival(n, 1));
    }
    assertFalse(duet.in(MEASURED));
  }

  @Test
  void onlyADuetWithRegularArrivalsAlternates() {
    Alternation turns = new Alternation(false, ArrivalProcess.CONSTANT);
    Alternation random = new Alternation(true, ArrivalProcess.POISSON);
    for (Alternation never : List.of(turns, random)) {
      see(never, WARM_UP, 1, 1);
      assertFalse(never.in(MEASURED));
    }
  }

  @Test
  void theUsersHearOfEachArrival() {
    List<Arrival> heard = new ArrayList<>();
    Arrival arrival = arrival(0, 1);
    duet.watching("a", WARM_UP, heard::add).closed(arrival);
    duet.watching("a", MEASURED, heard::add).closed(arrival);
    assertEquals(List.of(arrival, arrival), heard);
  }

  /** Four arrivals of each target. */
  private static void see(
      Alternation alternation, Phase phase, long firstMillis, long secondMillis) {
    ArrivalListener first = alternation.watching("a", phase, ArrivalListener.none());
    ArrivalListener second = alternation.watching("b", phase, ArrivalListener.none());
    for (int n = 0; n < 4; n++) {
      first.closed(arrival(n, firstMillis));
      second.closed(arrival(n, secondMillis));
    }
  }

  private static Arrival arrival(int n, long millis) {
    return new Arrival(n, 0, 0, MILLI, millis * MILLI, 10, 0);
  }
}
