package dev.fanbench.measurement.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.record.Phases;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.Validity;
import dev.fanbench.measurement.workload.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The notes, the metrics and the curves of a comparison, and the pairing of targets. */
class TargetChangeTest {
  private static final String ORDER =
      "The runs were not interleaved, so a machine that drifted looks like a change; ./fanbench ab"
          + " interleaves.";

  private static final Phase ECHO = Phases.echo(200, 10);

  @Test
  void fiveRunsASideAreAdvised() {
    assertEquals(List.of(), only(interleaved(5)).notes());
    assertEquals(
        List.of("Five runs a side or more are advised; there are 4."),
        only(interleaved(4)).notes());
    assertEquals(
        List.of("Five runs a side or more are advised; there are 3."),
        only(interleaved(3)).notes());
    assertEquals(List.of(), only(interleaved(2)).notes());
  }

  @Test
  void oneSideAfterTheOtherIsNoted() {
    assertEquals(
        List.of(ORDER), only(compare(side("base", 0, 1, 5), side("new", 5, 1, 5))).notes());
    assertEquals(
        List.of(ORDER), only(compare(side("base", 5, 1, 5), side("new", 0, 1, 5))).notes());
    assertEquals(List.of(), only(compare(side("base", 0, 1, 5), side("new", 4, 1, 5))).notes());
    assertEquals(List.of(), only(compare(side("base", 4, 1, 5), side("new", 0, 1, 5))).notes());
  }

  @Test
  void aRunThatIsNotValidIsNamed() {
    List<RecordedRun> runs = new ArrayList<>(side("base", 0, 2, 5).runs());
    runs.add(draft().minute(30).judged(Validity.Verdict.INVALID).run());
    TargetChange change = only(compare(new ComparedSide("base", runs), side("new", 1, 2, 5)));
    assertEquals(
        List.of("run-2026-11-20T21:30:00Z of base is left out: it is INVALID, why"),
        change.notes());
    assertEquals(5, change.base().runs().size());
  }

  @Test
  void theMetricThatIsAskedForDecidesAndTheOthersInform() {
    assertEquals(
        List.of("p90.response@echo", "p99.response@echo", "cpu@echo"),
        expressions(only(interleaved(5))));
    RunComparison asked =
        RunComparison.between(
            side("base", 0, 2, 5), side("new", 1, 2, 5), Optional.of(Metric.parse("cpu@echo")), 1);
    assertEquals("cpu@echo", only(asked).decides().metric().expression());
    assertEquals(
        List.of("p50.response@echo", "p90.response@echo", "p99.response@echo"),
        expressions(only(asked)));
  }

  /** Forty samples are enough for a median, and for nothing above it. */
  @Test
  void metricsWithTooFewSamplesInformOfNothing() {
    assertEquals(
        List.of("cpu@echo"), expressions(only(compare(brief("base", 0), brief("new", 1)))));
  }

  private static ComparedSide brief(String name, int firstMinute) {
    List<RecordedRun> runs = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      runs.add(
          new RunDraft(ECHO)
              .times(1, 2, 3, 4, 5, 6, 7, 8)
              .cpu(7)
              .minute(firstMinute + 2 * i)
              .run());
    }
    return new ComparedSide(name, runs);
  }

  @Test
  void fivePairsAreAdvised() {
    ComparedSide base = RunsFromRecorded.inTurn("base", side("base", 0, 2, 4).runs(), List.of());
    ComparedSide now = RunsFromRecorded.inTurn("new", side("new", 1, 2, 4).runs(), List.of());
    assertEquals(
        List.of(
            "Five runs a side or more are advised; there are 4.",
            "The ratios are means over 4 pairs of neighbouring runs."),
        only(compare(base, now)).notes());
  }

  private static List<String> expressions(TargetChange change) {
    return change.others().stream().map(each -> each.metric().expression()).toList();
  }

  @Test
  void withoutAValidRunThePlannedPhaseIsNamed() {
    ComparedSide none =
        new ComparedSide("base", List.of(draft().judged(Validity.Verdict.FAILED).run()));
    Change change = only(compare(none, none)).decides();
    assertEquals("p50.response@echo", change.metric().expression());
    assertEquals(Verdict.TOO_FEW_RUNS, change.verdict());
    RecordedRun warmUp = new RunDraft(Phases.warmUp(8, 10)).judged(Validity.Verdict.FAILED).run();
    ComparedSide warm = new ComparedSide("base", List.of(warmUp));
    assertEquals("cpu@run", only(compare(warm, warm)).decides().metric().expression());
  }

  @Test
  void aMetricThatIsMissingOnOneSideIsNotComparable() {
    List<RecordedRun> runs = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      runs.add(new RunDraft(ECHO).times(times()).minute(2 * i + 1).run());
    }
    Optional<Metric> cpu = Optional.of(Metric.parse("cpu@echo"));
    ComparedSide known = side("base", 0, 2, 3);
    ComparedSide unknown = new ComparedSide("new", runs);
    Change second = only(RunComparison.between(known, unknown, cpu, 1)).decides();
    assertEquals("the CPU of new is not known", second.why());
    assertEquals(Verdict.NOT_COMPARABLE, second.verdict());
    Change first = only(RunComparison.between(unknown, known, cpu, 1)).decides();
    assertEquals("the CPU of new is not known", first.why());
    Change neither =
        only(RunComparison.between(new ComparedSide("base", runs), unknown, cpu, 1)).decides();
    assertEquals("the CPU of base is not known", neither.why());
  }

  @Test
  void aPhaseOfBothSidesHasCurves() {
    List<PhaseCurve> curves = only(interleaved(3)).curves();
    assertEquals(1, curves.size());
    assertEquals("p50.response@echo", curves.get(0).metric().expression());
    assertEquals(ECHO, curves.get(0).phase());
    assertFalse(curves.get(0).base().points().isEmpty());
    assertTrue(curves.get(0).now().points().get(0).hasInterval());
  }

  @Test
  void aPhaseWithoutSamplesOrOfAnotherOfferHasNoCurves() {
    List<RecordedRun> empty = new ArrayList<>();
    List<RecordedRun> slow = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      empty.add(new RunDraft(ECHO).minute(2 * i + 1).run());
      slow.add(new RunDraft(Phases.echo(200, 5)).times(times()).minute(2 * i + 1).run());
    }
    ComparedSide base = side("base", 0, 2, 3);
    assertEquals(List.of(), only(compare(base, new ComparedSide("new", empty))).curves());
    assertEquals(List.of(), only(compare(new ComparedSide("base", empty), base)).curves());
    assertEquals(List.of(), only(compare(base, new ComparedSide("new", slow))).curves());
  }

  @Test
  void targetsThatOneSideHasAreUnpaired() {
    ComparedSide base = labelled("base", "netty", "left");
    ComparedSide now = labelled("new", "right", "netty");
    RunComparison changes = compare(base, now);
    assertEquals(List.of("netty"), changes.targets().stream().map(TargetChange::name).toList());
    assertEquals(List.of("right", "left"), changes.unpaired());
    assertEquals(3, changes.targets().get(0).base().runs().size());
  }

  @Test
  void oneTargetASideIsNamedByItsLabel() {
    assertEquals("netty", only(interleaved(3)).name());
  }

  @Test
  void aNoteIsAddedToEachTarget() {
    RunComparison noted = interleaved(5).noting("one more");
    assertEquals(List.of("one more"), only(noted).notes());
  }

  @Test
  void aComparisonIsJudgedWhenEachTargetIs() {
    RunComparison judged = interleaved(5);
    assertTrue(judged.judged());
    assertFalse(interleaved(2).judged());
    assertFalse(new RunComparison(List.of(), List.of()).judged());
    assertTrue(judged.any(Verdict::hasRatio));
    assertFalse(judged.any(Verdict::unjudged));
  }

  @Test
  void aComparisonIsPreciseWhenEachRatioIs() {
    RunComparison precise = interleaved(5);
    RatioInterval ratio = only(precise).decides().ratio().orElseThrow();
    double reach = Math.max(ratio.high() / ratio.ratio(), ratio.ratio() / ratio.low()) - 1;
    assertTrue(precise.isWithin(reach + 1e-9));
    assertFalse(precise.isWithin(reach - 1e-9));
    assertFalse(interleaved(2).isWithin(1));
    assertFalse(new RunComparison(List.of(), List.of()).isWithin(1));
  }

  private static RunComparison interleaved(int runs) {
    return compare(side("base", 0, 2, runs), side("new", 1, 2, runs));
  }

  private static RunComparison compare(ComparedSide base, ComparedSide now) {
    return RunComparison.between(base, now, Optional.empty(), 1);
  }

  private static TargetChange only(RunComparison changes) {
    assertEquals(1, changes.targets().size());
    return changes.targets().get(0);
  }

  /** Three runs of each target. */
  private static ComparedSide labelled(String name, String... labels) {
    List<RecordedRun> runs = new ArrayList<>();
    for (String label : labels) {
      for (int i = 0; i < 3; i++) {
        runs.add(draft().label(label).minute(runs.size()).run());
      }
    }
    return new ComparedSide(name, runs);
  }

  /** Runs that were started every so many minutes. */
  private static ComparedSide side(String name, int firstMinute, int every, int runs) {
    List<RecordedRun> all = new ArrayList<>();
    for (int i = 0; i < runs; i++) {
      all.add(draft().minute(firstMinute + i * every).run());
    }
    return new ComparedSide(name, all);
  }

  private static RunDraft draft() {
    return new RunDraft(ECHO).times(times()).cpu(7_000);
  }

  private static long[] times() {
    return LongStream.rangeClosed(1_001, 1_200).toArray();
  }
}
