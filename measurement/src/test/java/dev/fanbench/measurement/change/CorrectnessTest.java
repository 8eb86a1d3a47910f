package dev.fanbench.measurement.change;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fanbench.measurement.record.Phases;
import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.DeliveryCountBuilder;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.Validity;
import dev.fanbench.measurement.workload.Outage;
import dev.fanbench.measurement.workload.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Fisher's exact test by hand: all of three against none of three is 1 in 20. */
class CorrectnessTest {
  private static final Phase FANOUT = Phases.fanOut(10, 100, 10);
  private static final Metric METRIC = Metric.headline(FANOUT);

  private static final DeliveryCount LOSSY =
      DeliveryCountBuilder.builder().sent(1).expected(10).delivered(9).missing(1).build();

  @Test
  void eachKindOfFaultIsNamed() {
    assertLess("deliveries were missing", LOSSY);
    assertLess("publications could not be sent", DeliveryCountBuilder.builder().failed(1).build());
    assertLess("deliveries came twice", DeliveryCountBuilder.builder().duplicates(1).build());
    assertLess("connections were lost", DeliveryCountBuilder.builder().lostConnections(1).build());
  }

  private static void assertLess(String words, DeliveryCount faulty) {
    Change change = judge(side("base", 0, 3, faulty), side("new", 3, 0, faulty)).orElseThrow();
    assertEquals(Verdict.LESS_CORRECT, change.verdict());
    assertEquals(words + " in 0 of 3 runs of base and 3 of 3 of new", change.why());
    assertEquals(METRIC, change.metric());
  }

  @Test
  void aRunThatFailedIsTheWorstFault() {
    List<RecordedRun> failed = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      failed.add(new RunDraft(FANOUT).count(LOSSY).judged(Validity.Verdict.FAILED).run());
    }
    Change change = judge(side("base", 0, 3, LOSSY), new ComparedSide("new", failed)).orElseThrow();
    assertEquals(
        "the target died or the run was cut short in 0 of 3 runs of base and 3 of 3 of new",
        change.why());
  }

  @Test
  void theSideWithFewerFaultsIsMoreCorrect() {
    Change change = judge(side("base", 3, 0, LOSSY), side("new", 0, 3, LOSSY)).orElseThrow();
    assertEquals(Verdict.MORE_CORRECT, change.verdict());
    assertEquals("deliveries were missing in 0 of 3 runs of new and 3 of 3 of base", change.why());
  }

  /** Two of three against none of three are 1 in 5, and 5 of 5 against 1 of 5 are 1 in 42. */
  @Test
  void aDifferenceThatMayBeChanceIsNoVerdict() {
    assertEquals(Optional.empty(), judge(side("base", 0, 3, LOSSY), side("new", 2, 1, LOSSY)));
    assertEquals(Optional.empty(), judge(side("base", 3, 0, LOSSY), side("new", 3, 0, LOSSY)));
    assertEquals(Optional.empty(), judge(side("base", 0, 3, LOSSY), side("new", 0, 3, LOSSY)));
    assertEquals(
        Verdict.LESS_CORRECT,
        judge(side("base", 1, 4, LOSSY), side("new", 5, 0, LOSSY)).orElseThrow().verdict());
    assertEquals(Optional.empty(), judge(side("base", 1, 4, LOSSY), side("new", 4, 1, LOSSY)));
  }

  @Test
  void aSideWithoutRunsIsNotMoreCorrect() {
    ComparedSide none = new ComparedSide("base", List.of());
    assertEquals(Optional.empty(), judge(none, side("new", 3, 0, LOSSY)));
    assertEquals(Optional.empty(), judge(side("base", 3, 0, LOSSY), none));
  }

  @Test
  void deliveriesThatAnOutageCostAreNoFault() {
    List<RecordedRun> lossy = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      lossy.add(new RunDraft(FANOUT.with(Outage.KILLED)).count(LOSSY).run());
    }
    assertEquals(
        Optional.empty(), judge(side("base", 0, 3, LOSSY), new ComparedSide("new", lossy)));
  }

  @Test
  void aFaultInMoreRunsIsDoubtful() {
    assertEquals(
        Optional.of("deliveries were missing in 1 of 3 runs of base and 2 of 3 of new"),
        Correctness.doubt(side("base", 1, 2, LOSSY), side("new", 2, 1, LOSSY)));
    assertEquals(
        Optional.empty(), Correctness.doubt(side("base", 2, 1, LOSSY), side("new", 2, 1, LOSSY)));
    assertEquals(
        Optional.empty(), Correctness.doubt(side("base", 2, 1, LOSSY), side("new", 1, 2, LOSSY)));
  }

  private static Optional<Change> judge(ComparedSide base, ComparedSide now) {
    return Correctness.judge(METRIC, base, now);
  }

  private static ComparedSide side(String name, int faulty, int good, DeliveryCount fault) {
    List<RecordedRun> runs = new ArrayList<>();
    for (int i = 0; i < faulty + good; i++) {
      runs.add(new RunDraft(FANOUT).count(i < faulty ? fault : DeliveryCount.NONE).run());
    }
    return new ComparedSide(name, runs);
  }
}
