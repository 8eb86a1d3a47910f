package dev.fanbench.measurement.verdict;

import static dev.fanbench.measurement.verdict.Runs.MILLI;
import static org.junit.jupiter.api.Assertions.assertDoesNotThrow;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fanbench.measurement.record.Phases;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.SloVerdict;
import dev.fanbench.measurement.workload.Outage;
import dev.fanbench.measurement.workload.Phase;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Limits that thresholds set to a series of a phase, and the kinds of thresholds. */
class SloLimitTest {
  private static final Phase FANOUT = Phases.fanOut(10, 1_000, 200);
  private static final Phase RETURNING = FANOUT.with(Outage.KILLED);
  private static final Phase ECHO = Phases.echo(1_000, 200);

  @Test
  void aPercentileLimitsItsSeriesInPhasesOfItsKind() {
    Slo slo = Slo.parse("p99.lastDelivery<250ms");
    assertEquals(OptionalLong.of(250 * MILLI), slo.limitNanos(FANOUT, Series.LAST_DELIVERY));
    assertEquals(OptionalLong.empty(), slo.limitNanos(FANOUT, Series.FIRST_DELIVERY));
    assertEquals(OptionalLong.empty(), slo.limitNanos(ECHO, Series.LAST_DELIVERY));
  }

  @Test
  void aNamedPhaseIsTheOnlyOneWithTheLimit() {
    Slo slo = Slo.parse("p50.response<1ms@echo");
    assertEquals(OptionalLong.of(MILLI), slo.limitNanos(ECHO, Series.RESPONSE));
    assertEquals(OptionalLong.empty(), slo.limitNanos(FANOUT, Series.RESPONSE));
  }

  @Test
  void aResponseTimeWithoutAPhaseIsThatOfFanOuts() {
    Slo slo = Slo.parse("p50.response<1ms");
    assertEquals(OptionalLong.of(MILLI), slo.limitNanos(FANOUT, Series.RESPONSE));
    assertEquals(OptionalLong.empty(), slo.limitNanos(ECHO, Series.RESPONSE));
  }

  @Test
  void aCountLimitsNoSeries() {
    assertEquals(OptionalLong.empty(), Slo.parse("missing==0").limitNanos(FANOUT, Series.RESPONSE));
  }

  @ParameterizedTest
  @CsvSource({"missing==0,1", "max.echo<1s,1", "p50.echo<1s,8", "p99.echo<1s,528"})
  void aPercentileNeedsSamplesAndACountNeedsOne(String expression, long samples) {
    assertEquals(samples, Slo.parse(expression).samplesNeeded());
  }

  @ParameterizedTest
  @CsvSource({"missing==0,true", "faults==0,true", "p50.echo<1s,false"})
  void aCountIsToldFromAPercentile(String expression, boolean count) {
    assertEquals(count, Slo.parse(expression).isCount());
  }

  @ParameterizedTest
  @CsvSource({
    "faults==0,true",
    "faults<1,true",
    "faults<=0,true",
    "faults<=1,false",
    "missing==0,false",
    "p50.echo<1s,false"
  })
  void oneFaultFailsARunWhoseThresholdAllowsNone(String expression, boolean fails) {
    assertEquals(fails, Slo.parse(expression).failsOnEachFault());
  }

  @Test
  void aQuestionDiffersFromItsThresholdInTheGateOnly() {
    for (String expression : List.of("faults==0", "p50.response<1ms@echo")) {
      Slo question = Slo.parse(expression).asQuestion();
      assertFalse(question.gate());
      assertFalse(question.failsOnEachFault());
      assertEquals(expression, question.expression());
      assertEquals(
          Slo.parse(expression).limitNanos(ECHO, Series.RESPONSE),
          question.limitNanos(ECHO, Series.RESPONSE));
    }
  }

  @Test
  void aReconnectIsLimitedInPhasesWithAnOutage() {
    Slo slo = Slo.parse("p50.reconnect<1s");
    assertEquals(OptionalLong.of(1_000 * MILLI), slo.limitNanos(RETURNING, Series.RECONNECT));
    assertEquals(OptionalLong.empty(), slo.limitNanos(FANOUT, Series.RECONNECT));
    assertEquals(
        "not measured in this run", slo.check(Runs.run(new Runs(FANOUT))).get(0).observed());
    SloVerdict held = slo.check(Runs.run(new Runs(RETURNING))).get(0);
    assertEquals(new SloVerdict("p50.reconnect<1s", "fanout-10", true, true, "10 ms"), held);
  }

  /** A median needs seven of them. */
  @Test
  void samplesOfAReconnectAreSubscribers() {
    Slo slo = Slo.parse("p50.reconnect<1s");
    Phase seven = Phases.fanOut(7, 1_000, 200).with(Outage.KILLED);
    Phase six = Phases.fanOut(6, 1_000, 200).with(Outage.KILLED);
    assertDoesNotThrow(() -> slo.requireAnswerableBy(Phases.workload(seven)));
    assertEquals(
        "slo=p50.reconnect<1s is not allowed: p50 needs 7 samples, and phase fanout-6 has 6",
        assertThrows(
                IllegalArgumentException.class, () -> slo.requireAnswerableBy(Phases.workload(six)))
            .getMessage());
  }
}
