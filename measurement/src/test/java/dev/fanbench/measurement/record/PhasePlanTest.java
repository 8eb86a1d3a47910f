package dev.fanbench.measurement.record;

import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PhasePlanTest {
  private static final Phase ECHO = Phases.echo(10, 10);

  @ParameterizedTest
  @CsvSource({"0,1", "-1,1", "1,0"})
  void aPlanHasAPublisherAndALoop(int publishers, int loops) {
    assertEquals(
        "phase echo: publishers=%d and loops=%d must be 1 or more".formatted(publishers, loops),
        refusal(ECHO, publishers, loops));
  }

  @Test
  void eachRoomHasASubscriber() {
    Phase three = new Phase("rooms", PhaseKind.FANOUT, 3, 3, 9, 10, false);
    Phase two = new Phase("rooms", PhaseKind.FANOUT, 2, 3, 9, 10, false);
    assertDoesNotThrow(() -> Phases.plan(three, 1, 1));
    assertEquals(
        "phase rooms: subscribers=2 is not allowed, must be 3 or more, one for each room",
        refusal(two, 1, 1));
  }

  @Test
  void connectsAndRoundTripsNeedNoSubscriber() {
    assertDoesNotThrow(() -> Phases.plan(ECHO, 1, 1));
    assertDoesNotThrow(() -> Phases.plan(Phases.connect(10, 10), 1, 1));
    assertTrue(refusal(new Phase("chat", PhaseKind.CHAT, 0, 1, 9, 10, false), 1, 1).length() > 0);
  }

  @Test
  void membersThatPublishAreAllPublishers() {
    Phase members = new Phase("all", PhaseKind.FANOUT, 6, 2, 12, 100, false).publishedBy(3);
    assertDoesNotThrow(() -> Phases.plan(members, 6, 1));
    assertEquals("phase all: publishers=5 is not allowed, must be 6", refusal(members, 5, 1));
  }

  private static String refusal(Phase phase, int publishers, int loops) {
    return assertThrows(IllegalArgumentException.class, () -> Phases.plan(phase, publishers, loops))
        .getMessage();
  }

  /** Five subscribers in two rooms: three in room 0, and two in room 1. */
  @Test
  void anArrivalIsExpectedInItsRoom() {
    PhasePlan plan = Phases.plan(new Phase("rooms", PhaseKind.FANOUT, 5, 2, 6, 10, false), 1, 1);
    assertEquals(3, plan.expected(0));
    assertEquals(2, plan.expected(1));
    assertEquals(3, plan.expected(4));
    assertEquals(1, plan.turn(3));
    assertEquals(2, plan.turn(4));
    assertFalse(plan.sends(0, 0));
  }

  @Test
  void theAnswerToTheAskerIsOne() {
    assertEquals(1, Phases.plan(ECHO, 1, 1).expected(3));
    assertEquals(3, Phases.plan(ECHO, 1, 1).turn(3));
    Phase idle = new Phase("idle", PhaseKind.IDLE, 5, 1, 3, 10, false);
    assertEquals(0, Phases.plan(idle, 1, 1).expected(0));
  }

  @Test
  void arrivalsAreThoseOfThePublishersInTurn() {
    Phase members = new Phase("all", PhaseKind.FANOUT, 6, 2, 12, 100, false).publishedBy(3);
    PhasePlan plan = Phases.plan(members, 6, 1);
    assertTrue(plan.sends(1, 7));
    assertFalse(plan.sends(2, 7));
    assertEquals(2, plan.expected(7));
  }
}
