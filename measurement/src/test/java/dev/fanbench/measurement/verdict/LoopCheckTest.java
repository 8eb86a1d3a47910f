package dev.fanbench.measurement.verdict;

import static dev.fanbench.measurement.verdict.Runs.MILLI;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fanbench.measurement.host.UsageMeter;
import dev.fanbench.measurement.record.Phases;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.RecordedPhase;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.Usage;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Loops whose use is given: share of a core, and share of the time without one. */
class LoopCheckTest {
  private static final long MEDIAN_NANOS = 5 * MILLI;
  private static final String BUSY =
      "an event loop of the load used 95 % of a core, and half of its deliveries waited up to 2 ms"
          + " for it";

  private final Map<String, Double> counters = new HashMap<>();
  private long lagNanos = 2 * MILLI;

  /** Of all deliveries, those that waited in the load. */
  private double waitingShare = 1;

  private long medianNanos = MEDIAN_NANOS;

  @Test
  void aSaturatedLoopIsToldThoughOthersTakeItsCore() {
    loop(0, 0.55, 0.44);
    assertTold(
        "an event loop of the load used 55 % of a core and waited 44 % of the time for one, and half"
            + " of its deliveries waited up to 2 ms for it");
  }

  @Test
  void oneOfFourSaturatedLoopsIsToldThoughOthersTakeItsCore() {
    loop(0, 0.1, 0.6);
    loop(1, 0.2, 0.1);
    loop(2, 0.45, 0.54);
    loop(3, 0.7, 0);
    assertTold(
        "an event loop of the load used 45 % of a core and waited 54 % of the time for one, and half"
            + " of its deliveries waited up to 2 ms for it");
  }

  @Test
  void fourSaturatedLoopsOnTwoCoresAreTold() {
    for (int loop = 0; loop < 4; loop++) {
      loop(loop, 0.48, 0.5);
    }
    assertTold(
        "an event loop of the load used 48 % of a core and waited 50 % of the time for one, and half"
            + " of its deliveries waited up to 2 ms for it");
  }

  /** The first three were measured beside none, four and eight busy threads on two cores. */
  @ParameterizedTest
  @CsvSource({"0.141, 0.203", "0.063, 0.643", "0.042, 0.753", "0.02, 0.95", "0, 1"})
  void aLoopThatRestsIsNotToldHoweverBusyTheMachineIs(double core, double wait) {
    loop(0, core, wait);
    assertNotTold();
  }

  @Test
  void aBusyLoopWhoseDeliveriesDoNotWaitIsNotTold() {
    loop(0, 0.55, 0.44);
    lagNanos = MEDIAN_NANOS / 10 - MILLI / 100;
    assertNotTold();
  }

  @Test
  void ninetyPercentAreTheLimit() {
    loop(0, 0.5, 0.4);
    assertNotTold();
    loop(0, 0.51, 0.4);
    assertTold(
        "an event loop of the load used 51 % of a core and waited 40 % of the time for one, and half"
            + " of its deliveries waited up to 2 ms for it");
  }

  @Test
  void aLoopOfABusyMachineIsToldWhenItWorkedLongerThanItRested() {
    loop(0, 0.04, 0.91);
    assertNotTold();
    loop(0, 0.06, 0.91);
    assertTold(
        "an event loop of the load used 6 % of a core and waited 91 % of the time for one, and half"
            + " of its deliveries waited up to 2 ms for it");
  }

  /** The second one is the busier of both, and rests. */
  @Test
  void aLoopThatRestsDoesNotHideOneThatCannotKeepUp() {
    loop(0, 0.5, 0.45);
    loop(1, 0.01, 0.97);
    assertTold(
        "an event loop of the load used 50 % of a core and waited 45 % of the time for one, and half"
            + " of its deliveries waited up to 2 ms for it");
  }

  /** They have the share of a core alone, or nothing. */
  @Test
  void runsThatDidNotRecordTheWaitAreJudgedByTheShareOfACore() {
    assertNotTold();
    counters.put(UsageMeter.LOOP_SHARE + 0, 0.55);
    assertNotTold();
    counters.put(UsageMeter.LOOP_SHARE + 0, 0.95);
    assertTold(
        "an event loop of the load used 95 % of a core, and half of its deliveries waited up to 2 ms"
            + " for it");
  }

  @Test
  void deliveriesThatWaitedForATenthOfTheMedianDidNotWait() {
    loop(0, 0.95, 0);
    lagNanos = 1_000;
    medianNanos = 10_000;
    assertNotTold();
    medianNanos = 9_999;
    assertTold(
        "an event loop of the load used 95 % of a core, and half of its deliveries waited up to 1 µs"
            + " for it");
  }

  @Test
  void aLoopThatRestedAsLongAsItWorkedIsNotTold() {
    loop(0, 0.0625, 0.875);
    assertNotTold();
    loop(0, 0.0626, 0.875);
    assertTold(
        "an event loop of the load used 6.26 % of a core and waited 87.5 % of the time for one, and"
            + " half of its deliveries waited up to 2 ms for it");
  }

  @Test
  void aWaitIsToldFromHalfAPercentOn() {
    loop(0, 0.95, 0.004);
    assertTold(
        "an event loop of the load used 95 % of a core, and half of its deliveries waited up to 2 ms"
            + " for it");
    loop(0, 0.95, 0.005);
    assertTold(
        "an event loop of the load used 95 % of a core and waited 0.5 % of the time for one, and half"
            + " of its deliveries waited up to 2 ms for it");
  }

  /** With three targets the process has three loops, of which one reads. */
  @Test
  void loopsOfOtherTargetsReadNothing() {
    loop(0, 0.95, 0);
    loop(1, 0.0004, 0);
    loop(2, 0.6, 0);
    counters.put(PhaseResult.LOOPS, 1.0);
    waitingShare = 0.49;
    assertNotTold();
    waitingShare = 0.51;
    assertTold(BUSY);
  }

  /** One of four loops has a quarter of the deliveries, however busy the others are. */
  @Test
  void loopsThatKeepUpDoNotHideOneThatCannot() {
    loop(0, 0.95, 0);
    loop(1, 0.2, 0);
    loop(2, 0.45, 0);
    loop(3, 0.45, 0);
    for (double known : List.of(0.0, 4.0)) {
      counters.put(PhaseResult.LOOPS, known);
      if (known == 0) {
        counters.remove(PhaseResult.LOOPS);
      }
      waitingShare = 0.25;
      assertTold(BUSY);
      waitingShare = 0.12;
      assertNotTold();
    }
  }

  private void loop(int number, double core, double wait) {
    counters.put(UsageMeter.LOOP_SHARE + number, core);
    counters.put(UsageMeter.LOOP_WAIT + number, wait);
  }

  private void assertTold(String reason) {
    assertEquals(Optional.of(reason), check());
  }

  private void assertNotTold() {
    assertEquals(Optional.empty(), check());
  }

  private Optional<String> check() {
    return LoopCheck.of(phase(), medianNanos);
  }

  private RecordedPhase phase() {
    Usage load = new Usage(Map.of("loops", 1L), 0, 1_000, "schedstat", counters);
    return Runs.run(
            new Runs(Phases.echo(1_000, 200))
                .all(Series.READ_LAG, Math.round(10_000 * (1 - waitingShare)), 1)
                .more(Series.READ_LAG, Math.round(10_000 * waitingShare), lagNanos)
                .usage(null, load))
        .phase("echo");
  }
}
