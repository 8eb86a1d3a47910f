package dev.fanbench.measurement.verdict;

import static dev.fanbench.measurement.verdict.Runs.MILLI;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fanbench.measurement.host.UsageMeter;
import dev.fanbench.measurement.record.Phases;
import dev.fanbench.measurement.run.DeliveryCountBuilder;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.SloVerdict;
import dev.fanbench.measurement.run.Usage;
import dev.fanbench.measurement.run.Validity;
import dev.fanbench.measurement.run.Validity.Verdict;
import dev.fanbench.measurement.workload.BackgroundLoad;
import dev.fanbench.measurement.workload.Phase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ValidityCheckTest {
  private static final String BUSY_LOOP =
      "phase echo: an event loop of the load used 95 % of a core, and half of its deliveries waited"
          + " up to 2 ms for it";

  private static final long SECOND = 1_000 * MILLI;
  private static final Phase ECHO = Phases.echo(1_000, 200);

  private final Runs phase = new Runs(ECHO).all(Series.RESPONSE, 1_000, 5 * MILLI);

  @Test
  void aRunWithNothingAgainstItIsValid() {
    assertEquals(
        new Validity(Verdict.VALID, List.of(), List.of()),
        ValidityCheck.of(Runs.run(phase, new Runs(Phases.fanOut(100, 500, 40)))));
  }

  @Test
  void ninetyNinePercentOfTheOfferedRateIsEnough() {
    phase.all(Series.SEND_DELAY, 1_000, 60 * MILLI);
    assertValid(phase.achieved(198));
    assertInvalid(
        phase.achieved(197.9), "phase echo: achieved 197.9/s of 200/s offered, under 99 %");
  }

  /** In 5 s it falls behind by 75 ms, so that half of its arrivals are up to 37.5 ms late. */
  @Test
  void aLoadThatSendsLaterAndLaterIsTooSlow() {
    phase.all(Series.SEND_DELAY, 0, 0);
    for (int n = 0; n < 1_000; n++) {
      phase.more(Series.SEND_DELAY, 1, 1 + 75L * n * MILLI / 1_000);
    }
    assertInvalid(phase.achieved(197), "phase echo: achieved 197/s of 200/s offered, under 99 %");
  }

  /** The last arrival was late by one stall: nearly all others were in time. */
  @Test
  void oneStallAtTheEndIsNoSlowLoad() {
    assertValid(phase.achieved(190));
  }

  @Test
  void aRateThatIsNoNumberIsNotAchieved() {
    phase.all(Series.SEND_DELAY, 1_000, 60 * MILLI);
    assertInvalid(
        phase.achieved(Double.NaN), "phase echo: achieved NaN/s of 200/s offered, under 99 %");
  }

  @Test
  void arrivalsThatTheLoadLeftOutAreItsFault() {
    phase
        .all(Series.RESPONSE, 900, 10 * MILLI)
        .achieved(180)
        .deliveryCount(
            DeliveryCountBuilder.builder().sent(900).expected(900).delivered(900).build());
    assertInvalid(phase, "phase echo: achieved 180/s of 200/s offered, under 99 %");
  }

  /** They only widen the intervals of the figures. */
  @Test
  void stallsOfTheLoadMakeNoRunInvalid() {
    assertValid(phase.all(Series.SEND_DELAY, 1_000, 20 * MILLI));
    assertValid(phase.all(Series.HICCUP, 1_000, 150 * MILLI));
  }

  @Test
  void aLoopThatCannotKeepUpIsTheLoadsFault() {
    phase.all(Series.READ_LAG, 1_000, 2 * MILLI);
    assertValid(phase.usage(null, loops(0.9, 0.2, 0.2, 0.2)));
    assertInvalid(phase.usage(null, loops(0.2, 0.2, 0.95, 0.2)), BUSY_LOOP);
    assertInvalid(phase.usage(null, loops(0.95)), BUSY_LOOP);
    assertValid(phase.all(Series.READ_LAG, 1_000, MILLI / 10));
  }

  /** The other three loops read three quarters of the deliveries, which do not wait. */
  @Test
  void idleLoopsDoNotHideOneThatCannotKeepUp() {
    phase
        .all(Series.READ_LAG, 750, MILLI / 100)
        .more(Series.READ_LAG, 250, 2 * MILLI)
        .usage(null, loops(0.2, 0.95, 0.2, 0.2));
    assertInvalid(phase, BUSY_LOOP);
    assertValid(phase.all(Series.READ_LAG, 900, MILLI / 100).more(Series.READ_LAG, 100, 2 * MILLI));
  }

  private static Usage loops(double... shares) {
    Map<String, Double> counters = new HashMap<>();
    for (int loop = 0; loop < shares.length; loop++) {
      counters.put(UsageMeter.LOOP_SHARE + loop, shares[loop]);
    }
    return usage(1, 0, counters);
  }

  /** In a phase of a third of a second, a hundredth is shorter than the time between two sends. */
  @Test
  void aLoadThatIsLateByLessThanAnArrivalKeepsTheRate() {
    Runs brief = new Runs(Phases.connect(60, 200)).achieved(190);
    assertValid(brief.all(Series.SEND_DELAY, 60, 4 * MILLI));
    assertInvalid(
        brief.all(Series.SEND_DELAY, 60, 6 * MILLI),
        "phase connect: achieved 190/s of 200/s offered, under 99 %");
  }

  /** A publisher without a connection cannot send: the target's fault, counted as such. */
  @Test
  void arrivalsThatTheTargetPreventedMakeNoRunInvalid() {
    phase
        .all(Series.SEND_DELAY, 500, MILLI / 10)
        .all(Series.RESPONSE, 500, 10 * MILLI)
        .achieved(100)
        .deliveryCount(
            DeliveryCountBuilder.builder()
                .sent(500)
                .failed(500)
                .expected(500)
                .delivered(500)
                .lostConnections(1)
                .build());
    assertValid(phase);
    SloVerdict faults = Slo.parse("faults==0").check(Runs.run(phase)).get(0);
    assertEquals("500 not sent, 1 lost connections", faults.observed());
    assertEquals(SloVerdict.Decision.MISSED, faults.decision());
  }

  /** The load is judged by the part that the target let it send, by its rate and by its count. */
  @Test
  void whatIsLeftToSendMustBeSentAtTheOfferedRate() {
    phase
        .all(Series.RESPONSE, 500, 10 * MILLI)
        .deliveryCount(
            DeliveryCountBuilder.builder()
                .sent(500)
                .failed(500)
                .expected(500)
                .delivered(500)
                .build());
    assertValid(phase.achieved(98));
    phase.all(Series.SEND_DELAY, 500, 60 * MILLI);
    assertValid(phase.achieved(99));
    assertInvalid(phase.achieved(98), "phase echo: achieved 98/s of 100/s offered, under 99 %");
  }

  /** INVALID, and no fault of the target: a lost connection beside it would be one. */
  @Test
  void connectionsThatTheLoadCouldNotTryAreItsFault() {
    Runs connects = new Runs(Phases.connect(1_000, 200));
    connects
        .all(Series.RESPONSE, 400, 10 * MILLI)
        .achieved(80)
        .deliveryCount(
            DeliveryCountBuilder.builder()
                .sent(400)
                .expected(400)
                .delivered(400)
                .untried(600)
                .build());
    assertInvalid(
        connects,
        "phase connect: the load had no free port or file for 600 connections; offer fewer, or"
            + " raise ulimit -n");
    SloVerdict faults = Slo.parse("faults==0").check(Runs.run(connects)).get(0);
    assertEquals(SloVerdict.Decision.HELD, faults.decision());
  }

  @Test
  void aTargetThatDeliversNothingIsNotTheLoadsFault() {
    phase
        .all(Series.RESPONSE, 0, 0)
        .undelivered(Series.RESPONSE, 1_000)
        .deliveryCount(
            DeliveryCountBuilder.builder()
                .sent(1_000)
                .expected(1_000)
                .missing(1_000)
                .lostConnections(7)
                .build());
    assertValid(phase);
  }

  @Test
  void deliveryCountsAddUp() {
    assertInvalid(
        phase.deliveryCount(
            DeliveryCountBuilder.builder()
                .sent(1_000)
                .expected(1_003)
                .delivered(1_000)
                .missing(1)
                .missedAway(1)
                .build()),
        "phase echo: the delivery counts do not add up: 1,000 delivered and 2 missing of 1,003 expected");
    assertInvalid(
        phase.deliveryCount(
            DeliveryCountBuilder.builder().sent(1_000).expected(999).delivered(999).build()),
        "phase echo: 1,000 deliveries are in the histogram and 999 in the counts");
    assertInvalid(
        phase.deliveryCount(
            DeliveryCountBuilder.builder()
                .sent(1_000)
                .expected(1_002)
                .delivered(1_002)
                .anomalies(2)
                .build()),
        "phase echo: 2 samples are negative or over an hour, so no rank is sure");
  }

  @Test
  void warmUpNeverCounts() {
    Runs warmUp =
        new Runs(Phases.warmUp(1_000, 200))
            .achieved(1)
            .all(Series.SEND_DELAY, 1_000, 900 * MILLI)
            .all(Series.HICCUP, 0, 0)
            .usage(null, usage(1_000, 900, Map.of()));
    assertEquals(
        new Validity(Verdict.VALID, List.of(), List.of()),
        ValidityCheck.of(Runs.run(warmUp, phase)));
  }

  @Test
  void aRunThatDidNotReachItsEndIsFailed() {
    RecordedRun run = Runs.run(new Phase[] {ECHO, Phases.connect(1, 1)}, phase);
    assertEquals(
        new Validity(Verdict.FAILED, List.of("1 of 2 phases were run"), List.of()),
        ValidityCheck.of(run));
  }

  /** The median is 5 ms: 1,000 arrivals that wait for 0.5 ms each do not change it much. */
  @Test
  void waitsOfTheTargetAreWarnedOfWhereTheyChangeTheMedian() {
    assertWarnings(phase.usage(usage(96 * SECOND, 4 * SECOND, Map.of()), null));
    assertWarnings(phase.usage(usage(96, -1, Map.of()), null));
    assertWarnings(phase.usage(usage(SECOND, SECOND / 2, Map.of()), null));
    assertWarnings(
        phase.usage(usage(9 * SECOND, SECOND, Map.of()), null),
        "Threads of the target waited for a core during 10 % of the time they wanted one in phase"
            + " echo, 1 ms for each arrival whose median time is 5 ms. Likely more threads were"
            + " busy than cores are free. Stop other programs, or use a machine with more cores.");
  }

  @Test
  void waitsOfTheLoadAreWarnedOfWhereTheyWidenAnInterval() {
    phase.usage(null, usage(80, 20, Map.of()));
    assertWarnings(phase);
    assertWarnings(phase.least(Series.RESPONSE, 46 * MILLI / 10));
    assertWarnings(
        phase.least(Series.RESPONSE, 4 * MILLI),
        "Threads of the load waited for a core during 20 % of the time they wanted one in phase"
            + " echo, and the load may have added 20 % to its median time. Likely load and target"
            + " compete for the same cores. Use a machine with more cores, or a lower rate.");
  }

  @Test
  void stealIsWarnedOf() {
    assertWarnings(phase.usage(null, usage(1, 0, Map.of(UsageMeter.STEAL_SHARE, 0.05))));
    assertWarnings(
        phase.usage(null, usage(1, 0, Map.of(UsageMeter.STEAL_SHARE, 0.061))),
        "A hypervisor gave away 6.1 % of this machine's CPU time in phase echo. Likely its other"
            + " guests are busy. Repeat the run at another time, or on a machine of your own.");
  }

  @Test
  void aBusyLoadIsWarnedOfWhereItWidensAnInterval() {
    assertWarnings(phase.usage(null, usage(1_700, 0, Map.of(UsageMeter.CORES, 2.0))));
    phase.least(Series.RESPONSE, 4 * MILLI);
    assertWarnings(phase.usage(null, usage(1_600, 0, Map.of(UsageMeter.CORES, 2.0))));
    assertWarnings(
        phase.usage(null, usage(1_700, 0, Map.of(UsageMeter.CORES, 2.0))),
        "The load used 85 % of its cores in phase echo, and may have added 20 % to its median time."
            + " Likely the load, and not the target, is near its limit. Lower the rate, or give the"
            + " load more cores.");
  }

  /** One loop inflates 100 copies in turn: 1.5 ms of 5 ms. */
  @Test
  void inflatingIsToldWhereItIsAFifthOfAFigure() {
    Runs room = new Runs(Phases.fanOut(100, 1_000, 40));
    room.all(Series.LAST_DELIVERY, 1_000, 5 * MILLI);
    assertWarnings(room.usage(null, inflating(9_000, 10 * SECOND)));
    assertWarnings(
        room.usage(null, inflating(15_000, 10 * SECOND)),
        "15 µs of each delivery in phase fanout-100 are the load's inflating: 15 % of its CPU, and"
            + " up to 30 % of the median time. Likely messages are many or long. Take the target's"
            + " own time from a run with deflate=off.");
    assertEquals(
        1,
        ValidityCheck.of(Runs.run(room.usage(null, inflating(9_000, SECOND)))).warnings().size());
  }

  /** Two loops inflate 50 copies each. One that is half as busy at most is no reader. */
  @Test
  void busyLoopsInflateBesideEachOther() {
    Runs room = new Runs(Phases.fanOut(100, 1_000, 40));
    room.all(Series.LAST_DELIVERY, 1_000, 5 * MILLI);
    Map<String, Double> counters = new HashMap<>(loops(0.5, 0.5, 0.25).counters());
    counters.put(UsageMeter.INFLATED, 1e5);
    counters.put(UsageMeter.INFLATE_NANOS, 30_000.0);
    assertWarnings(
        room.usage(null, usage(20 * SECOND, 0, counters)),
        "30 µs of each delivery in phase fanout-100 are the load's inflating: 15 % of its CPU, and"
            + " up to 30 % of the median time. Likely messages are many or long. Take the target's"
            + " own time from a run with deflate=off.");
  }

  private static Usage inflating(double nanos, long cpuNanos) {
    return usage(
        cpuNanos,
        0,
        Map.of(
            UsageMeter.INFLATED,
            1e5,
            UsageMeter.INFLATE_NANOS,
            nanos,
            UsageMeter.LOOP_SHARE + 0,
            0.01,
            UsageMeter.LOOP_SHARE + 1,
            0.5));
  }

  @Test
  void aTargetThatIsBusyInTheTurnsOfOthersIsNamed() {
    assertWarnings(phase.usage(usage(1, 0, Map.of(UsageMeter.IDLE_SHARE, 0.01)), null));
    assertWarnings(
        phase.usage(usage(1, 0, Map.of(UsageMeter.IDLE_SHARE, 0.018)), null),
        "The target used 1.8 % of a core in phase echo while other targets had their turn. Likely"
            + " these are timers or collectors of its own. Measure it alone, with floor=off, to"
            + " keep it out of their figures.");
  }

  @Test
  void backgroundClientsThatCouldNotDoTheirPartAreWarnedOf() {
    assertWarnings(
        phase.usage(
            null, usage(1, 0, Map.of(BackgroundLoad.REFUSED, 0.0, BackgroundLoad.UNSAID, 0.0))));
    assertWarnings(
        phase.usage(
            null, usage(1, 0, Map.of(BackgroundLoad.REFUSED, 3.0, BackgroundLoad.UNSAID, 40.0))),
        "3 background clients of phase echo could not join. Likely the target cannot take so many new"
            + " members a second. Lower churn, or count it as the target's result.",
        "40 messages of rooms beside phase echo could not be sent. Likely the target closed"
            + " connections, or did not read from them. Lower chatter, or count it as the target's"
            + " result.");
  }

  @Test
  void theWorstPhaseIsNamed() {
    Runs other =
        new Runs(Phases.connect(1_000, 200)).usage(usage(5 * SECOND, 5 * SECOND, Map.of()), null);
    phase.usage(usage(9 * SECOND, SECOND, Map.of()), null);
    Validity validity = ValidityCheck.of(Runs.run(phase, other));
    assertEquals(1, validity.warnings().size());
    assertEquals(
        true,
        validity.warnings().get(0).contains("50 % of the time they wanted one in phase connect"));
  }

  @Test
  void unmeasuredHiccupsAreWarnedOf() {
    assertWarnings(
        phase.all(Series.HICCUP, 0, 0),
        "Hiccups of the load were not measured in every phase. Likely no hiccup meter ran, or a"
            + " phase was shorter than its period. Do not take a long response time for the"
            + " target's before they are.");
  }

  private static Usage usage(long cpuNanos, long waitNanos, Map<String, Double> counters) {
    return new Usage(Map.of("loops", cpuNanos), waitNanos, 1_000, "schedstat", counters);
  }

  private static void assertValid(Runs phase) {
    assertEquals(List.of(), ValidityCheck.of(Runs.run(phase)).reasons());
  }

  private static void assertInvalid(Runs phase, String... reasons) {
    Validity validity = ValidityCheck.of(Runs.run(phase));
    assertEquals(Verdict.INVALID, validity.verdict());
    assertEquals(List.of(reasons), validity.reasons());
  }

  private static void assertWarnings(Runs phase, String... warnings) {
    Validity validity = ValidityCheck.of(Runs.run(phase));
    assertEquals(Verdict.VALID, validity.verdict());
    assertEquals(List.of(warnings), validity.warnings());
  }
}
