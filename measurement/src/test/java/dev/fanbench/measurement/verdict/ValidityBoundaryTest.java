package dev.fanbench.measurement.verdict;

import static dev.fanbench.measurement.verdict.Runs.MILLI;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fanbench.measurement.host.UsageMeter;
import dev.fanbench.measurement.record.Phases;
import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.DeliveryCountBuilder;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.RecordedPhase;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.Usage;
import dev.fanbench.measurement.run.Validity;
import dev.fanbench.measurement.run.Validity.Verdict;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Runs exactly at a limit of the verdict or of a warning, and one step beyond it. */
class ValidityBoundaryTest {
  private final Runs echo = new Runs(Phases.echo(1_000, 200));

  /** An arrival is due each microsecond, and half a percent of the phase is shorter than that. */
  @Test
  void aDelayOfOnePeriodKeepsTheRate() {
    Runs brief = new Runs(Phases.connect(60, 1_000_000)).achieved(900_000);
    assertReasons(brief.all(Series.SEND_DELAY, 60, 1_000));
    assertReasons(
        brief.all(Series.SEND_DELAY, 60, 1_001),
        "phase connect: achieved 900,000/s of 1,000,000/s offered, under 99 %");
  }

  /** Half a percent of the phase is 25 ms, and an arrival is due each 5 ms. */
  @Test
  void aMedianDelayOfLessThanHalfAPercentOfThePhaseKeepsTheRate() {
    echo.achieved(190);
    assertReasons(echo.all(Series.SEND_DELAY, 1_000, 24 * MILLI));
    assertReasons(
        echo.all(Series.SEND_DELAY, 1_000, 26 * MILLI),
        "phase echo: achieved 190/s of 200/s offered, under 99 %");
  }

  @Test
  void ninetyNinePercentOfTheArrivalsAreEnough() {
    assertReasons(sent(990));
    assertReasons(sent(989), "phase echo: achieved 180/s of 200/s offered, under 99 %");
  }

  private Runs sent(long arrivals) {
    DeliveryCount count =
        DeliveryCountBuilder.builder()
            .sent(arrivals)
            .expected(arrivals)
            .delivered(arrivals)
            .build();
    return echo.all(Series.RESPONSE, arrivals, 10 * MILLI).achieved(180).deliveryCount(count);
  }

  @Test
  void anAttemptThatWasSpoiledIsNoPhaseThatWasRun() {
    RecordedRun run = Runs.run(echo);
    PhaseResult of = run.phases().get(0).result();
    PhaseResult spoiled =
        new PhaseResult(
            of.phase(),
            1,
            List.of("a stall of 300 ms"),
            of.startNanos(),
            of.endNanos(),
            of.achievedPerSecond(),
            of.deliveryCount(),
            of.undelivered(),
            of.target(),
            of.load(),
            of.blocks(),
            of.examples(),
            of.failures());
    RecordedPhase attempt = new RecordedPhase(spoiled, run.phases().get(0).series(), List.of());
    Validity alone =
        ValidityCheck.of(new RecordedRun(run.directory(), run.run(), List.of(attempt)));
    assertEquals(Verdict.FAILED, alone.verdict());
    assertEquals(List.of("0 of 1 phases were run"), alone.reasons());
    List<RecordedPhase> both = List.of(attempt, run.phases().get(0));
    assertEquals(
        Verdict.VALID,
        ValidityCheck.of(new RecordedRun(run.directory(), run.run(), both)).verdict());
  }

  /** The median is a microsecond, and 1,000 arrivals share the wait. */
  @Test
  void aWaitOfATenthOfTheMedianIsNoWarning() {
    echo.all(Series.RESPONSE, 1_000, 1_000);
    assertWarnings(0, echo.usage(used(900_000, 100_000, Map.of()), null));
    assertWarnings(1, echo.usage(used(909_000, 101_000, Map.of()), null));
  }

  @Test
  void aTargetThatOnlyHoldsConnectionsDelaysNoArrival() {
    Runs idle = new Runs(new Phase("idle-50", PhaseKind.IDLE, 50, 1, 3, 10, false));
    Runs connects = new Runs(Phases.connect(3, 10));
    Usage waiting = used(9_000 * MILLI, 1_000 * MILLI, Map.of());
    assertWarnings(0, idle.usage(waiting, null));
    assertWarnings(1, connects.usage(waiting, null));
  }

  @Test
  void withoutADeliveryInflatingIsNoShareOfAMedian() {
    DeliveryCount none =
        DeliveryCountBuilder.builder().sent(1_000).expected(1_000).missing(1_000).build();
    Map<String, Double> inflating =
        Map.of(UsageMeter.INFLATED, 1e5, UsageMeter.INFLATE_NANOS, 9_000.0);
    echo.all(Series.RESPONSE, 0, 0).undelivered(Series.RESPONSE, 1_000).deliveryCount(none);
    assertWarnings(0, echo.usage(null, used(10_000 * MILLI, 0, inflating)));
    assertWarnings(1, echo.usage(null, used(4_000 * MILLI, 0, inflating)));
  }

  @Test
  void inflatingIsNeverMoreThanAllOfTheTime() {
    Map<String, Double> inflating =
        Map.of(UsageMeter.INFLATED, 1e5, UsageMeter.INFLATE_NANOS, 20_000_000.0);
    List<String> warnings = warnings(echo.usage(null, used(MILLI, 0, inflating)));
    assertEquals(
        "20 ms of each delivery in phase echo are the load's inflating: 100 % of its CPU, and up to"
            + " 100 % of the median time.",
        warnings.get(0).substring(0, warnings.get(0).indexOf(" Likely")));
  }

  private static Usage used(long cpuNanos, long waitNanos, Map<String, Double> counters) {
    return new Usage(Map.of("loops", cpuNanos), waitNanos, 1_000, "schedstat", counters);
  }

  private static void assertReasons(Runs phase, String... reasons) {
    assertEquals(List.of(reasons), ValidityCheck.of(Runs.run(phase)).reasons());
  }

  private static void assertWarnings(int number, Runs phase) {
    List<String> warnings = warnings(phase);
    assertEquals(number, warnings.size(), warnings::toString);
  }

  private static List<String> warnings(Runs phase) {
    return ValidityCheck.of(Runs.run(phase)).warnings();
  }
}
