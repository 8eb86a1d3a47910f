package dev.fanbench.measurement.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.record.Phases;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.Run;
import dev.fanbench.measurement.run.TargetDescription;
import dev.fanbench.measurement.run.Validity;
import dev.fanbench.measurement.workload.Phase;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunComparisonTest {

  private static final Phase PHASE = Phases.fanOut(100, 500, 40);

  private final RunsFromRecorded runs =
      new RunsFromRecorded("netty-fanout-100.txt", PHASE, 0.02, 7);

  @Test
  void theSameDirectoriesGiveTheSameVerdict() {
    ComparedSide base = runs.side("base", 5, 1);
    ComparedSide now = runs.side("new", 5, 1.2);
    RunComparison first = compare(base, now);
    assertEquals(first, compare(base, now));
    assertEquals(Verdict.SLOWER, only(first).decides().verdict());
    assertEquals("p50.lastDelivery@fanout-100", only(first).decides().metric().expression());
    assertTrue(
        only(first)
            .decides()
            .sentence()
            .matches(
                ".*: slower, .* µs → .* µs, \\+[12].* % \\[\\+.* %, \\+.* %] with 99 % confidence"),
        only(first).decides().sentence());
  }

  @Test
  void theRatioHasAnIntervalAroundIt() {
    RatioInterval ratio =
        only(compare(runs.side("base", 5, 1), runs.side("new", 5, 1.5)))
            .decides()
            .ratio()
            .orElseThrow();
    assertTrue(ratio.low() < 1.5 && 1.5 < ratio.high(), ratio.text());
    assertTrue(ratio.low() < ratio.ratio() && ratio.ratio() < ratio.high(), ratio.text());
  }

  @Test
  void aChangeUnderFivePercentDoesNotCountHoweverCertain() {
    RunsFromRecorded steady = new RunsFromRecorded("netty-fanout-100.txt", PHASE, 0, 3);
    Change change =
        only(compare(steady.side("base", 20, 1), steady.side("new", 20, 1.035))).decides();
    assertTrue(change.ratio().orElseThrow().low() > 1, change.sentence());
    assertEquals(Verdict.NO_CHANGE, change.verdict());
  }

  @Test
  void aSmallerChangeCountsWhereItIsAskedFor() {
    RunsFromRecorded steady = new RunsFromRecorded("netty-fanout-100.txt", PHASE, 0, 3);
    RunComparison changes =
        RunComparison.between(
            steady.side("base", 20, 1),
            steady.side("new", 20, 1.035),
            Optional.empty(),
            1,
            new ChangeRule(RatioInterval.CONFIDENCE, 0.02));
    assertEquals(Verdict.SLOWER, only(changes).decides().verdict());
  }

  @Test
  void anIntervalThatIsTooWideToExcludeAChangeIsUndecided() {
    RunsFromRecorded noisy = new RunsFromRecorded("netty-fanout-100.txt", PHASE, 0.2, 5);
    Change change = only(compare(noisy.side("base", 5, 1), noisy.side("new", 5, 1))).decides();
    assertEquals(Verdict.UNDECIDED, change.verdict());
    assertTrue(change.sentence().endsWith("% slower cannot be excluded"), change.sentence());
  }

  @Test
  void twoRunsAreTooFew() {
    Change change = only(compare(runs.side("base", 5, 1), runs.side("new", 2, 1))).decides();
    assertEquals(Verdict.TOO_FEW_RUNS, change.verdict());
    assertEquals(
        "p50.lastDelivery@fanout-100: too few runs, 5 valid of base and 2 of new, and 3 of each are"
            + " needed",
        change.sentence());
  }

  @Test
  void aRunThatIsNotValidIsLeftOutAndNamed() {
    List<RecordedRun> base = new ArrayList<>(runs.side("base", 3, 1).runs());
    base.add(invalid(runs.run(9, 0)));
    TargetChange change = only(compare(new ComparedSide("base", base), runs.side("new", 3, 1)));
    assertEquals(3, change.base().runs().size());
    assertEquals(Verdict.UNDECIDED, change.decides().verdict());
    assertTrue(
        change.notes().get(0).contains("is left out: it is INVALID"), change.notes()::toString);
  }

  @Test
  void noValidRunAtAllIsTooFew() {
    ComparedSide none = new ComparedSide("base", List.of(invalid(runs.run(1, 0))));
    assertEquals(Verdict.TOO_FEW_RUNS, only(compare(none, none)).decides().verdict());
  }

  @Test
  void anotherMachineIsNotCompared() {
    ComparedSide now =
        new ComparedSide(
            "new", runs.side("new", 5, 1).runs().stream().map(r -> on(r, "two")).toList());
    Change change = only(compare(runs.side("base", 5, 1), now)).decides();
    assertEquals(Verdict.NOT_COMPARABLE, change.verdict());
    assertEquals("the runs differ in cpu: one and two", change.why());
  }

  @Test
  void anotherRateIsNotCompared() {
    RunsFromRecorded slow =
        new RunsFromRecorded("netty-fanout-100.txt", Phases.fanOut(100, 500, 20), 0.02, 7);
    Change change = only(compare(runs.side("base", 5, 1), slow.side("new", 5, 1))).decides();
    assertEquals(Verdict.NOT_COMPARABLE, change.verdict());
    assertEquals("the runs offered different things in fanout-100", change.why());
  }

  @Test
  void aSideThatNoLongerDeliversIsLessCorrect() {
    ComparedSide losing =
        new ComparedSide("new", List.of(runs.run(1, 400), runs.run(1, 400), runs.run(1, 400)));
    Change change = only(compare(runs.side("base", 5, 1), losing)).decides();
    assertEquals(Verdict.LESS_CORRECT, change.verdict());
    assertTrue(change.sentence().endsWith("in 0 of 5 runs of base and 3 of 3 of new"));
  }

  @Test
  void aSideThatLosesMessagesIsLessCorrectHoweverFastItIs() {
    ComparedSide losing = losing("new", 3, 0);
    Change change = only(compare(runs.side("base", 3, 1), losing)).decides();
    assertEquals(Verdict.LESS_CORRECT, change.verdict());
    assertEquals(
        "p50.lastDelivery@fanout-100: less correct, deliveries were missing in 0 of 3 runs of base"
            + " and 3 of 3 of new",
        change.sentence());
    assertTrue(change.verdict().fails());
    Change back = only(compare(losing, runs.side("base", 3, 1))).decides();
    assertEquals(Verdict.MORE_CORRECT, back.verdict());
  }

  @Test
  void aSideThatLosesMessagesOnceMayBeUnluckyButIsNeverFaster() {
    ComparedSide losing = losing("new", 1, 4);
    Change change = only(compare(runs.side("base", 5, 1), losing)).decides();
    assertEquals(Verdict.NOT_COMPARABLE, change.verdict());
    assertTrue(change.sentence().contains("1 of 5 of new"), change.sentence());
  }

  @Test
  void aSideThatDiedInMostOfItsRunsIsLessCorrect() {
    List<RecordedRun> dying = new ArrayList<>();
    for (RecordedRun run : runs.side("new", 10, 0.9).runs()) {
      dying.add(dying.size() < 7 ? failed(run) : run);
    }
    Change change =
        only(compare(runs.side("base", 10, 1), new ComparedSide("new", dying))).decides();
    assertEquals(Verdict.LESS_CORRECT, change.verdict());
  }

  private ComparedSide losing(String name, int count, int good) {
    List<RecordedRun> all = new ArrayList<>();
    for (int i = 0; i < count + good; i++) {
      all.add(runs.run(0.5, i < count ? 20 : 0));
    }
    return new ComparedSide(name, all);
  }

  @Test
  void runsThatWereNotInterleavedAreNoted() {
    TargetChange change = only(compare(runs.side("base", 5, 1), runs.side("new", 5, 1)));
    assertTrue(change.notes().get(0).contains("not interleaved"), change.notes()::toString);
  }

  @Test
  void oneTargetASideIsComparedWhateverItIs() {
    ComparedSide other =
        new ComparedSide(
            "new", runs.side("new", 5, 1).runs().stream().map(r -> of(r, "floor2")).toList());
    assertEquals("netty → floor2", only(compare(runs.side("base", 5, 1), other)).name());
  }

  @Test
  void severalTargetsArePairedByLabel() {
    List<RecordedRun> both = new ArrayList<>(runs.side("base", 5, 1).runs());
    runs.side("base", 5, 1).runs().forEach(r -> both.add(of(r, "serverless")));
    RunComparison changes = compare(new ComparedSide("base", both), runs.side("new", 5, 1));
    assertEquals(List.of("netty"), changes.targets().stream().map(TargetChange::name).toList());
    assertEquals(List.of("serverless"), changes.unpaired());
  }

  private static RunComparison compare(ComparedSide base, ComparedSide now) {
    return RunComparison.between(base, now, Optional.empty(), 1);
  }

  private static TargetChange only(RunComparison changes) {
    assertEquals(1, changes.targets().size());
    return changes.targets().get(0);
  }

  private static RecordedRun invalid(RecordedRun run) {
    return with(
        run,
        run.run().target(),
        run.run().environment(),
        new Validity(Validity.Verdict.INVALID, List.of("the load was late"), List.of()));
  }

  private static RecordedRun failed(RecordedRun run) {
    return with(
        run,
        run.run().target(),
        run.run().environment(),
        new Validity(Validity.Verdict.FAILED, List.of("target died: netty"), List.of()));
  }

  private static RecordedRun on(RecordedRun run, String cpu) {
    return with(run, run.run().target(), Map.of("cpu", cpu), run.run().validity());
  }

  private static RecordedRun of(RecordedRun run, String label) {
    TargetDescription target = Phases.target(label);
    return with(run, target, run.run().environment(), run.run().validity());
  }

  private static RecordedRun with(
      RecordedRun recorded,
      TargetDescription target,
      Map<String, String> environment,
      Validity validity) {
    Run run = recorded.run();
    return new RecordedRun(
        recorded.directory(),
        new Run(
            run.schemaVersion(),
            run.id(),
            run.startedAt(),
            run.finishedAt(),
            run.fanbenchVersion(),
            run.revision(),
            target,
            run.workload(),
            environment,
            run.phases(),
            validity,
            run.slos(),
            ""),
        recorded.phases());
  }
}
