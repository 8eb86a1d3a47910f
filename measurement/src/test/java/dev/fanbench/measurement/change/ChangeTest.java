package dev.fanbench.measurement.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class ChangeTest {
  private static final Metric METRIC = new Metric.Cpu("echo");
  private static final Estimate ONE = new Estimate(1_720_000, 0.0065, 5);
  private static final Estimate LOST = new Estimate(Double.POSITIVE_INFINITY, 0.1, 5);

  @Test
  void aSideIsATimeOrNotDeliveredOrADash() {
    assertEquals("1.72 ms", Change.text(Optional.of(ONE)));
    assertEquals("not delivered", Change.text(Optional.of(LOST)));
    assertEquals("–", Change.text(Optional.empty()));
  }

  /** Student's t of four degrees at 99 % is 4.604. */
  @Test
  void aSideIsToldWithHalfOfItsIntervalInWholePercent() {
    assertEquals("1.72 ms ± 3 %", reach(0.0065, 5));
    assertEquals("1.72 ms ± 2 %", reach(0.0033, 5));
    assertEquals("1.72 ms ± 0.46 %", reach(0.001, 5));
    assertEquals("1.72 ms", reach(0.0065, 1));
    assertEquals("1.72 ms", reach(Double.POSITIVE_INFINITY, 5));
  }

  private static String reach(double logError, int runs) {
    Change change = Change.of(METRIC, ONE, ONE, 1, 1, ChangeRule.USUAL);
    return change.textWithReach(Optional.of(new Estimate(1_720_000, logError, runs)));
  }

  @Test
  void theReachHasTheConfidenceOfTheRatio() {
    RatioInterval surer = new RatioInterval(1, 1, 1, 0.998);
    Change change =
        new Change(
            METRIC, Verdict.NO_CHANGE, Optional.of(ONE), Optional.of(ONE), Optional.of(surer), "");
    assertEquals(
        Math.expm1(SampleMean.student(4, 0.998) * 0.0065),
        change.reachShare(Optional.of(ONE)).orElseThrow(),
        1e-12);
    Change unjudged = Change.unjudged(METRIC, Verdict.NOT_COMPARABLE, "why");
    assertEquals(
        Math.expm1(SampleMean.student(4, 0.99) * 0.0065),
        unjudged.reachShare(Optional.of(ONE)).orElseThrow(),
        1e-12);
    assertEquals(Optional.empty(), change.reachShare(Optional.empty()));
  }

  /** Of the base's value 80 % are surely the target's, and half of the new side's. */
  @Test
  void theLoadsPartWidensTheInterval() {
    Estimate exact = new Estimate(1_000, 0, 5);
    Change change = Change.of(METRIC, exact, exact, 0.8, 0.5, ChangeRule.USUAL);
    assertEquals(new RatioInterval(1, 0.5, 1.25), change.ratio().orElseThrow());
    assertEquals(Verdict.UNDECIDED, change.verdict());
  }

  @Test
  void aTimeThatMayBeAllOfTheLoadHasNoEnd() {
    Estimate exact = new Estimate(1_000, 0, 5);
    Change change = Change.of(METRIC, exact, exact, 0, 0, ChangeRule.USUAL);
    assertEquals(new RatioInterval(1, 0, Double.POSITIVE_INFINITY), change.ratio().orElseThrow());
    assertEquals(Verdict.UNDECIDED, change.verdict());
    assertTrue(
        change.sentence().endsWith("undecided, 1 µs → 1 µs, 1× [0×, no end] with 99 % confidence"),
        change.sentence());
  }

  @Test
  void aSideThatNoLongerArrivesIsSlowerAndOneThatArrivesAgainIsFaster() {
    assertEquals(Verdict.SLOWER, Change.of(METRIC, ONE, LOST, 1, 1, ChangeRule.USUAL).verdict());
    assertEquals(Verdict.FASTER, Change.of(METRIC, LOST, ONE, 1, 1, ChangeRule.USUAL).verdict());
  }

  @Test
  void twoSidesThatDoNotArriveAreNotComparable() {
    Change change = Change.of(METRIC, LOST, LOST, 1, 1, ChangeRule.USUAL);
    assertEquals(Verdict.NOT_COMPARABLE, change.verdict());
    assertEquals("cpu@echo: not comparable, deliveries are missing", change.sentence());
    assertEquals(Optional.empty(), change.ratio());
  }

  @Test
  void aRatioIsToldWithItsConfidence() {
    Change change =
        new Change(
            METRIC,
            Verdict.SLOWER,
            Optional.of(ONE),
            Optional.of(new Estimate(2_000_000, 0.01, 5)),
            Optional.of(new RatioInterval(1.16, 1.1, 1.22)),
            "");
    assertEquals(
        "cpu@echo: slower, 1.72 ms → 2 ms, +16 % [+10 %, +22 %] with 99 % confidence",
        change.sentence());
    assertEquals("", Change.of(METRIC, ONE, ONE, 1, 1, ChangeRule.USUAL).why());
  }

  @Test
  void anUndecidedRatioTellsTheSlowdownThatItDoesNotExclude() {
    assertEquals(
        "cpu@echo: undecided, 1.72 ms → 1.72 ms, 0 % [−20 %, +20 %] with 99 % confidence;"
            + " 20 % slower cannot be excluded",
        undecided(1.2));
    assertEquals(
        "cpu@echo: undecided, 1.72 ms → 1.72 ms, 0 % [−20 %, 0 %] with 99 % confidence",
        undecided(1));
  }

  private static String undecided(double high) {
    return new Change(
            METRIC,
            Verdict.UNDECIDED,
            Optional.of(ONE),
            Optional.of(ONE),
            Optional.of(new RatioInterval(1, 0.8, high)),
            "")
        .sentence();
  }

  /** A side with faults may look equal or even faster for them; slower it is all the same. */
  @ParameterizedTest
  @EnumSource(Verdict.class)
  void faultsMakeAllButSlowerWorthless(Verdict verdict) {
    RatioInterval ratio = new RatioInterval(1, 1, 1);
    Change change =
        new Change(METRIC, verdict, Optional.of(ONE), Optional.of(ONE), Optional.of(ratio), "");
    Change doubted = change.doubted("connections were lost");
    switch (verdict) {
      case FASTER, NO_CHANGE, UNDECIDED -> {
        assertEquals(Verdict.NOT_COMPARABLE, doubted.verdict());
        assertEquals("connections were lost", doubted.why());
      }
      case SLOWER, LESS_CORRECT, MORE_CORRECT, NOT_COMPARABLE, TOO_FEW_RUNS ->
          assertSame(change, doubted);
    }
  }

  @ParameterizedTest
  @EnumSource(Verdict.class)
  void aVerdictHasARatioOrFaultsOrIsNone(Verdict verdict) {
    switch (verdict) {
      case FASTER, NO_CHANGE, UNDECIDED -> assertIs(verdict, true, false, false);
      case SLOWER -> assertIs(verdict, true, true, false);
      case LESS_CORRECT -> assertIs(verdict, false, true, false);
      case MORE_CORRECT -> assertIs(verdict, false, false, false);
      case NOT_COMPARABLE, TOO_FEW_RUNS -> assertIs(verdict, false, false, true);
    }
  }

  private static void assertIs(Verdict verdict, boolean ratio, boolean fails, boolean unjudged) {
    assertEquals(ratio, verdict.hasRatio());
    assertEquals(fails, verdict.fails());
    assertEquals(unjudged, verdict.unjudged());
    assertEquals(verdict.name().toLowerCase(Locale.ROOT).replace('_', ' '), verdict.words());
  }
}
