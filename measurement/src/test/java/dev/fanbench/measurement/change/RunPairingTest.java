package dev.fanbench.measurement.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.record.Phases;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.Run;
import dev.fanbench.measurement.run.RunDirectory;
import dev.fanbench.measurement.run.TargetDescription;
import dev.fanbench.measurement.run.Turn;
import dev.fanbench.measurement.run.Validity;
import dev.fanbench.measurement.workload.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Runs that took turns are judged pair by pair. */
class RunPairingTest {
  private static final Phase PHASE = Phases.fanOut(100, 500, 40);

  /** A machine that is up to twice as slow from one turn to the next. */
  private static final double[] DRIFT = {1, 1.9, 1.2, 0.8, 1.5};

  private final RunsFromRecorded runs =
      new RunsFromRecorded("netty-fanout-100.txt", PHASE, 0.01, 11);

  @Test
  void pairsSeeThroughADriftThatHidesTheChangeFromUnpairedRuns() {
    List<ComparedSide> sides = runs.turns(DRIFT, 1.1);
    Change paired = decides(sides.get(0), sides.get(1));
    assertEquals(Verdict.SLOWER, paired.verdict(), paired.sentence());
    RatioInterval ratio = paired.ratio().orElseThrow();
    assertTrue(ratio.low() > 1.03 && ratio.high() < 1.17, ratio.text());
    Change unpaired =
        decides(
            new ComparedSide("base", sides.get(0).runs()),
            new ComparedSide("new", sides.get(1).runs()));
    assertEquals(Verdict.UNDECIDED, unpaired.verdict(), unpaired.sentence());
  }

  /** A machine that drifts is in each side's own interval, and not in that of the ratio. */
  @Test
  void eachSideHasAnIntervalOfItsOwn() {
    List<ComparedSide> sides = runs.turns(DRIFT, 1.1);
    Change change = decides(sides.get(0), sides.get(1));
    double reach = change.reachShare(change.base()).orElseThrow();
    assertTrue(reach > 0.5 && reach < 1.5, () -> reach + "");
    assertTrue(
        change.textWithReach(change.base()).matches("[0-9.]+ (µs|ms) ± [0-9]+ %"),
        change.textWithReach(change.base()));
    assertTrue(
        change.ratio().orElseThrow().text().matches("\\+[0-9.]+ % \\[\\+[0-9.]+ %, \\+[0-9.]+ %]"),
        change.sentence());
  }

  @Test
  void theOutputSaysThatRunsArePairs() {
    List<ComparedSide> sides = runs.turns(DRIFT, 1);
    TargetChange change = compare(sides.get(0), sides.get(1));
    assertEquals(
        List.of("The ratios are means over 5 pairs of neighbouring runs."), change.notes());
  }

  @Test
  void aTurnWithoutAValidRunOfBothSidesIsNoPair() {
    List<ComparedSide> sides = runs.turns(new double[] {1, 1, 1, 1}, 1);
    List<RecordedRun> now = new ArrayList<>(sides.get(1).runs());
    now.set(1, invalid(now.get(1)));
    ComparedSide second = new ComparedSide("new", now, sides.get(1).turns(), List.of());
    RunPairing pairing = RunPairing.of(sides.get(0).valid(), second.valid()).orElseThrow();
    assertEquals(3, pairing.pairs().size());
    now.set(2, invalid(now.get(2)));
    ComparedSide third = new ComparedSide("new", now, sides.get(1).turns(), List.of());
    Change change = decides(sides.get(0), third);
    assertEquals(Verdict.TOO_FEW_RUNS, change.verdict());
    assertEquals(
        "p50.lastDelivery@fanout-100: too few runs, 2 pairs of valid runs, and 3 are needed",
        change.sentence());
  }

  @Test
  void aTurnThatWasMeasuredAgainCountsOnce() {
    List<ComparedSide> sides = runs.turns(new double[] {1, 1, 1}, 1);
    RecordedRun again = runs.run(5, 0);
    List<RecordedRun> base = new ArrayList<>(sides.get(0).runs());
    base.add(again);
    Map<String, Turn> turns = new HashMap<>(sides.get(0).turns());
    turns.put(again.run().id(), new Turn("series", 1, false));
    ComparedSide first = new ComparedSide("base", base, turns, List.of());
    RunPairing pairing = RunPairing.of(first, sides.get(1)).orElseThrow();
    assertEquals(3, pairing.pairs().size());
    assertEquals(sides.get(0).runs().get(0), pairing.pairs().get(0).base());
  }

  /** At first only A was valid, then only B, and at last both. */
  @Test
  void aDuetThatWasMeasuredAgainPairsRunsThatWereUpTogether() {
    List<RecordedRun> base = new ArrayList<>();
    List<RecordedRun> now = new ArrayList<>();
    Map<String, Turn> turns = new HashMap<>();
    for (int attempt = 0; attempt < 4; attempt++) {
      for (int side = 0; side < 2; side++) {
        boolean valid = attempt != (side == 0 ? 1 : 0);
        RecordedRun run =
            new RunDraft(PHASE)
                .minute(2 * attempt + side)
                .experiment("duet" + attempt)
                .judged(valid ? Validity.Verdict.VALID : Validity.Verdict.INVALID)
                .run();
        (side == 0 ? base : now).add(run);
        turns.put(run.run().id(), new Turn("series", attempt < 3 ? 1 : 2, false));
      }
    }
    ComparedSide first = new ComparedSide("base", base, turns, List.of());
    ComparedSide second = new ComparedSide("new", now, turns, List.of());
    List<RunPair> pairs = RunPairing.of(first, second).orElseThrow().pairs();
    assertEquals(base.subList(2, 4), pairs.stream().map(RunPair::base).toList());
    assertEquals(now.subList(2, 4), pairs.stream().map(RunPair::now).toList());
  }

  @Test
  void runsOfTwoSeriesAreNoPairs() {
    List<ComparedSide> sides = runs.turns(new double[] {1, 1, 1}, 1);
    Map<String, Turn> other = new HashMap<>();
    sides.get(1).runs().forEach(run -> other.put(run.run().id(), new Turn("other", 1, false)));
    assertTrue(
        RunPairing.of(sides.get(0), new ComparedSide("new", sides.get(1).runs(), other, List.of()))
            .isEmpty());
    assertTrue(RunPairing.of(sides.get(0), new ComparedSide("new", List.of())).isPresent());
    assertTrue(RunPairing.of(sides.get(0), new ComparedSide("new", sides.get(1).runs())).isEmpty());
  }

  /** Each run has a slow or a fast moment of its own, which its floor has too. */
  @Test
  void eachRunIsDividedByTheFloorOfItsTurn() {
    double[] baseMoment = {1, 1.4, 0.9, 2, 1.1};
    double[] nowMoment = {1.5, 1, 1.2, 0.7, 1.9};
    ComparedSide base = withFloors("base", baseMoment, 1);
    ComparedSide now = withFloors("new", nowMoment, 1.1);
    TargetChange change = compare(base, now);
    RatioInterval ratio = change.decides().ratio().orElseThrow();
    assertEquals(1.1, ratio.ratio(), 0.04);
    assertTrue(ratio.low() > 0.98 && ratio.high() < 1.24, ratio.text());
    assertTrue(change.notes().get(0).endsWith("divided by the floor of its turn."));
    ComparedSide bare = new ComparedSide("new", now.runs(), now.turns(), List.of());
    assertEquals("a turn of new has no valid floor", decides(base, bare).why());
  }

  private ComparedSide withFloors(String name, double[] moments, double slowdown) {
    List<RecordedRun> measured = new ArrayList<>();
    List<RecordedRun> floors = new ArrayList<>();
    for (int i = 0; i < moments.length; i++) {
      String experiment = name + i;
      measured.add(in(experiment, runs.run(moments[i] * slowdown, 0)));
      floors.add(in(experiment, runs.run(moments[i] / 4, 0)));
    }
    return RunsFromRecorded.inTurn(name, measured, floors);
  }

  @Test
  void aSideThatDiesIsNeverFasterInPairsEither() {
    List<ComparedSide> sides = runs.turns(new double[] {1, 1, 1, 1, 1}, 0.5);
    List<RecordedRun> dying = new ArrayList<>(sides.get(1).runs());
    dying.set(0, failed(dying.get(0)));
    Change change =
        decides(sides.get(0), new ComparedSide("new", dying, sides.get(1).turns(), List.of()));
    assertEquals(Verdict.NOT_COMPARABLE, change.verdict());
  }

  @Test
  void aDirectorySaysItsTurn(@TempDir Path directory) throws IOException {
    RunDirectory run = new RunDirectory(directory);
    assertEquals(Optional.empty(), run.turn());
    Turn turn = new Turn("20261129T120000Z", 3, true);
    run.write(turn);
    assertEquals(Optional.of(turn), run.turn());
    Files.writeString(directory.resolve("turn.json"), "{");
    assertTrue(
        assertThrows(IOException.class, run::turn).getMessage().contains("turn.json is no turn"));
  }

  private static Change decides(ComparedSide base, ComparedSide now) {
    return compare(base, now).decides();
  }

  private static TargetChange compare(ComparedSide base, ComparedSide now) {
    return RunComparison.between(base, now, Optional.empty(), 1).targets().get(0);
  }

  private static RecordedRun invalid(RecordedRun run) {
    return with(run, Validity.Verdict.INVALID, "");
  }

  private static RecordedRun failed(RecordedRun run) {
    return with(run, Validity.Verdict.FAILED, "");
  }

  private static RecordedRun in(String experiment, RecordedRun run) {
    return with(run, Validity.Verdict.VALID, experiment);
  }

  private static RecordedRun with(RecordedRun of, Validity.Verdict verdict, String experiment) {
    Run run = of.run();
    TargetDescription target = run.target();
    return new RecordedRun(
        of.directory(),
        new Run(
            run.schemaVersion(),
            run.id(),
            run.startedAt(),
            run.finishedAt(),
            run.fanbenchVersion(),
            run.revision(),
            target,
            run.workload(),
            run.environment(),
            run.phases(),
            new Validity(
                verdict, verdict == Validity.Verdict.VALID ? List.of() : List.of("why"), List.of()),
            run.slos(),
            experiment),
        of.phases());
  }
}
