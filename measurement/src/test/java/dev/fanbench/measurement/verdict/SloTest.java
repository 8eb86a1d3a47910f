package dev.fanbench.measurement.verdict;

import static dev.fanbench.measurement.verdict.Runs.MILLI;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.record.Phases;
import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.DeliveryCountBuilder;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.SloVerdict;
import dev.fanbench.measurement.run.SloVerdict.Decision;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import dev.fanbench.measurement.workload.Workload;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SloTest {

  private final Runs echo = new Runs(Phases.echo(1_000, 200));
  private final Runs small = new Runs(Phases.fanOut(10, 1_000, 200));
  private final Runs large = new Runs(Phases.fanOut(1_000, 100, 4));
  private final Runs warmUp = new Runs(Phases.warmUp(10, 10));
  private final RecordedRun run = Runs.run(warmUp, echo, small, large);

  @Test
  void aPercentileIsCheckedInEachPhaseOfItsKind() {
    small.all(Series.LAST_DELIVERY, 1_000, 20 * MILLI);
    large.all(Series.LAST_DELIVERY, 100, 300 * MILLI);
    RecordedRun slower = Runs.run(echo, small, large);
    assertEquals(
        List.of(
            new SloVerdict("p50.lastDelivery<250ms", "fanout-10", true, true, "20 ms"),
            new SloVerdict("p50.lastDelivery<250ms", "fanout-1000", true, false, "300 ms")),
        Slo.parse("p50.lastDelivery<250ms").check(slower));
    assertEquals(
        List.of(
            new SloVerdict(
                "p50.lastDelivery < 250ms @fanout-10", "fanout-10", true, true, "20 ms")),
        Slo.parse(" p50.lastDelivery < 250ms @fanout-10 ").check(slower));
  }

  @Test
  void aPhaseWithTooFewSamplesToHoldIsUndecided() {
    assertEquals(
        List.of(
            new SloVerdict("p99.skew<1s", "fanout-10", true, true, "10 ms"),
            new SloVerdict(
                "p99.skew<1s",
                "fanout-1000",
                true,
                false,
                "undecided: at least 9.99 ms",
                Decision.UNDECIDED)),
        Slo.parse("p99.skew<1s").check(run));
  }

  /** Of 100 samples 99 are over the limit: no p99 can be under it. */
  @Test
  void aHighPercentileOfFewSamplesIsMissedWhenMostAreOverTheLimit() {
    large.all(Series.LAST_DELIVERY, 1, MILLI).more(Series.LAST_DELIVERY, 99, 339 * MILLI);
    SloVerdict missed = Slo.parse("p99.lastDelivery<250ms").check(Runs.run(large)).get(0);
    assertEquals(Decision.MISSED, missed.decision());
    assertEquals("at least 339 ms (100 independent samples)", missed.observed());
    assertTrue(missed.fails());
  }

  @Test
  void aLimitInsideTheRangeIsUndecided() {
    small.all(Series.LAST_DELIVERY, 890, MILLI).more(Series.LAST_DELIVERY, 110, 30 * MILLI);
    SloVerdict verdict = Slo.parse("p90.lastDelivery<20ms").check(Runs.run(small)).get(0);
    assertEquals(Decision.UNDECIDED, verdict.decision());
    assertEquals("undecided: 1 to 30 ms", verdict.observed());
    assertTrue(verdict.fails(), "an undecided gate is not green");
    assertFalse(
        Slo.parse("p90.lastDelivery<20ms").asQuestion().check(Runs.run(small)).get(0).fails());
  }

  @Test
  void anUndeliveredPercentileHoldsNothing() {
    small.all(Series.LAST_DELIVERY, 970, MILLI).undelivered(Series.LAST_DELIVERY, 30);
    assertEquals(
        List.of(new SloVerdict("p99.lastDelivery<1s", "fanout-10", true, false, "not delivered")),
        Slo.parse("p99.lastDelivery<1s").check(Runs.run(small)));
  }

  @ParameterizedTest
  @CsvSource({"echo,echo", "chat,chat", "connect,connect"})
  void roundTripsAndConnectsAreSubjectsByTheirKind(String subject, String phaseName) {
    Phase phase =
        new Phase(
            phaseName,
            PhaseKind.valueOf(subject.toUpperCase(java.util.Locale.ROOT)),
            subject.equals("chat") ? 1 : 0,
            1,
            1_000,
            200,
            false);
    assertEquals(
        List.of(new SloVerdict("p99." + subject + "<11ms", phaseName, true, true, "10 ms")),
        Slo.parse("p99." + subject + "<11ms").check(Runs.run(new Runs(phase), large)));
  }

  @Test
  void responseOfANamedPhaseMayBeAnyKind() {
    assertEquals(
        List.of("fanout-10", "fanout-1000"),
        Slo.parse("p50.response<1s").check(run).stream().map(SloVerdict::phase).toList());
    assertEquals(
        List.of("echo"),
        Slo.parse("p50.response<1s@echo").check(run).stream().map(SloVerdict::phase).toList());
  }

  @Test
  void boundsAreMeantAsWritten() {
    echo.all(Series.RESPONSE, 1_000, 1_000);
    RecordedRun exact = Runs.run(echo);
    assertEquals(false, Slo.parse("p50.echo<1us").check(exact).get(0).held());
    assertEquals(true, Slo.parse("p50.echo<=1µs").check(exact).get(0).held());
    assertEquals(true, Slo.parse("p50.echo<1.001us").check(exact).get(0).held());
    assertEquals(true, Slo.parse("max.echo<=1000ns").check(exact).get(0).held());
  }

  @Test
  void countsAreSummedOverTheRunWithoutWarmUp() {
    DeliveryCount lossy =
        DeliveryCountBuilder.builder()
            .sent(10)
            .expected(10)
            .delivered(7)
            .missing(3)
            .duplicates(1)
            .outOfOrder(2)
            .late(4)
            .unexpected(5)
            .lostConnections(6)
            .build();
    RecordedRun seen =
        Runs.run(
            warmUp.deliveryCount(lossy),
            echo.deliveryCount(lossy),
            small.deliveryCount(lossy),
            large);
    assertEquals(
        List.of(new SloVerdict("missing==0", "run", true, false, "6")),
        Slo.parse("missing==0").check(seen));
    assertEquals(
        List.of(
            new SloVerdict(
                "faults==0",
                "run",
                true,
                false,
                "6 missing, 2 duplicates, 10 unexpected, 12 lost connections")),
        Slo.parse("faults==0").check(seen));
    assertTrue(Slo.parse("faults==0").failsOnEachFault());
    assertFalse(Slo.parse("faults<5").failsOnEachFault());
    assertEquals(true, Slo.parse("duplicates<=2").check(seen).get(0).held());
    assertEquals(true, Slo.parse("outOfOrder<5").check(seen).get(0).held());
    assertEquals(true, Slo.parse("late==8").check(seen).get(0).held());
    assertEquals("10", Slo.parse("unexpected==0").check(seen).get(0).observed());
    assertEquals("12", Slo.parse("lostConnections==0").check(seen).get(0).observed());
    assertEquals(
        List.of(new SloVerdict("missing==0@fanout-1000", "fanout-1000", true, true, "0")),
        Slo.parse("missing==0@fanout-1000").check(seen));
  }

  @Test
  void whatWasNotMeasuredDoesNotHold() {
    assertEquals(
        List.of(new SloVerdict("p50.chat<1s", "run", true, false, "not measured in this run")),
        Slo.parse("p50.chat<1s").check(run));
    assertEquals(
        List.of(new SloVerdict("missing==0@x", "x", true, false, "not measured in this run")),
        Slo.parse("missing==0@x").check(run));
    assertEquals(
        "not measured in this run", Slo.parse("p50.echo<1s@warm-up").check(run).get(0).observed());
  }

  @Test
  void aQuestionGatesNothing() {
    assertEquals(false, Slo.parse("missing==0").asQuestion().check(run).get(0).gate());
    assertEquals(false, Slo.parse("p50.chat<1s").asQuestion().check(run).get(0).gate());
  }

  @Test
  void severalAreSeparatedByCommas() {
    List<Slo> slos = Slo.parseAll("missing==0, p99.echo<10ms");
    assertEquals(
        List.of("missing==0", "p99.echo<10ms"), slos.stream().map(Slo::expression).toList());
    assertEquals(List.of(), Slo.parseAll("  "));
    assertEquals(
        List.of("run", "echo"), Slo.checkAll(slos, run).stream().map(SloVerdict::phase).toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "p98.echo<1ms|rank p98 is none of p50, p90, p99, p99.9, max",
        "mean.echo<1ms|rank mean is none of p50, p90, p99, p99.9, max",
        "p99.latency<1ms|latency is none of connect, echo, chat, response, service, firstDelivery,"
            + " lastDelivery, skew, reconnect",
        "lost==0|lost is none of missing, duplicates, outOfOrder, late, unexpected, lostConnections, failed, cut, refused, faults",
        "echo<1ms|echo needs a rank, one of p50, p90, p99, p99.9, max",
        "p99.echo>1ms|operator > is none of <, <=, ==",
        "missing=0|operator = is none of <, <=, ==",
        "p99.echo==1ms|a time is compared by < or <=",
        "p99.echo<1|limit 1 is no time such as 800us, 9.5ms or 2s",
        "p99.echo<1min|limit 1min is no time such as 800us, 9.5ms or 2s",
        "missing==none|limit none is no whole number",
        "fast|write rank.subject<time or count==number, as in p99.lastDelivery<250ms",
        "p99.echo<1ms@|write rank.subject<time or count==number, as in p99.lastDelivery<250ms"
      })
  void refusalsNameWhatIsAllowed(String expression, String why) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> Slo.parse(expression));
    assertEquals("slo=" + expression + " is not allowed: " + why, refusal.getMessage());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "p50.chat<1s|no measured phase of workload test has chat",
        "p50.echo<1s@fanout-10|no measured phase of workload test has echo",
        "p99.9.skew<1s|p99.9 needs 4,603 samples, and phase fanout-1000 has 100",
        "p99.skew<1s@fanout-1000|p99 needs 459 samples, and phase fanout-1000 has 100",
        "p99.skew<1s|p99 needs 459 samples, and phase fanout-1000 has 100; name a longer phase, as"
            + " in p99.skew<1s@fanout-10",
        "missing==0@fan|phase fan is none of echo, fanout-10, fanout-1000",
        "p50.echo<1s@warm-up|phase warm-up is none of echo, fanout-10, fanout-1000"
      })
  void whatAWorkloadCannotAnswerIsRefusedBeforeItRuns(String expression, String why) {
    IllegalArgumentException refusal =
        assertThrows(
            IllegalArgumentException.class,
            () -> Slo.parse(expression).requireAnswerableBy(run.run().workload()));
    assertEquals("slo=" + expression + " is not allowed: " + why, refusal.getMessage());
  }

  @Test
  void whatAWorkloadCanAnswerIsAccepted() {
    for (String each :
        List.of(
            "missing==0",
            "p90.skew<1s",
            "p99.skew<1s@fanout-10",
            "p50.service<1s@echo",
            "max.echo<1s")) {
      assertDoesNotThrow(() -> Slo.parse(each).requireAnswerableBy(run.run().workload()));
    }
  }

  /** It fails no run, so that an answer of some phases is better than none. */
  @Test
  void aQuestionIsAnsweredWhereAPhaseIsLongEnough() {
    Workload workload = run.run().workload();
    Slo some = Slo.parse("p99.skew<1s").asQuestion();
    assertDoesNotThrow(() -> some.requireAnswerableBy(workload));
    Slo none = Slo.parse("p99.9.skew<1s").asQuestion();
    assertEquals(
        "slo=p99.9.skew<1s is not allowed: p99.9 needs 4,603 samples, and phase fanout-10 has"
            + " 1,000",
        assertThrows(IllegalArgumentException.class, () -> none.requireAnswerableBy(workload))
            .getMessage());
  }

  /** A gate of a workload file that speaks of no phase is left out; one of short phases is not. */
  @Test
  void aThresholdSpeaksOfPhasesThatAreTooShortForIt() {
    Workload workload = run.run().workload();
    for (String each : List.of("p99.9.skew<1s", "missing==0", "missing==0@echo", "p50.echo<1s")) {
      assertTrue(Slo.parse(each).speaksOf(workload), each);
    }
    for (String each : List.of("p50.chat<1s", "missing==0@chat", "p50.echo<1s@fanout-10")) {
      assertFalse(Slo.parse(each).speaksOf(workload), each);
    }
  }
}
