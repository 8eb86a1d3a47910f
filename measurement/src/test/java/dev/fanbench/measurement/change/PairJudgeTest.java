package dev.fanbench.measurement.change;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.record.Phases;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.Turn;
import dev.fanbench.measurement.workload.Phase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Pairs of runs by hand: the n-th run of each side is its n-th turn. */
class PairJudgeTest {
  private static final Phase ECHO = Phases.echo(8, 10);
  private static final Metric CPU = Metric.parse("cpu@echo");
  private static final Metric MEDIAN = Metric.parse("p50.response@echo");

  @Test
  void threePairsAreEnough() {
    Change three = judge(CPU, side("base", 10, 20, 30), side("new", 20, 40, 60));
    assertEquals(2, three.ratio().orElseThrow().ratio(), 1e-9);
    assertEquals(Verdict.SLOWER, three.verdict());
    Change two = judge(CPU, side("base", 10, 20), side("new", 20, 40));
    assertEquals("2 pairs of valid runs, and 3 are needed", two.why());
    Change one = judge(CPU, side("base", 10), side("new", 20));
    assertEquals("1 pair of valid runs, and 3 are needed", one.why());
  }

  @Test
  void aSideIsToldByAllOfItsRunsTogether() {
    Change change = judge(CPU, side("base", 10, 20, 30), side("new", 20, 40, 90));
    assertEquals(20, change.base().orElseThrow().value());
    assertEquals(50, change.now().orElseThrow().value());
    assertEquals(3, change.base().orElseThrow().runs());
  }

  @Test
  void anUnknownFigureIsToldOfTheFirstSideThatLacksIt() {
    ComparedSide known = side("base", 10, 20, 30);
    ComparedSide unknown = side("new", 10, 0, 30);
    assertEquals("the CPU of new is not known", judge(CPU, known, unknown).why());
    assertEquals("the CPU of new is not known", judge(CPU, unknown, known).why());
    assertEquals(
        "the CPU of base is not known", judge(CPU, side("base", 10, 20, 0), unknown).why());
  }

  @Test
  void eachFigureIsDividedByItsFloor() {
    ComparedSide base = overFloors("base", new long[] {20, 40, 60}, 10, 20, 30);
    ComparedSide now = overFloors("new", new long[] {60, 60, 60}, 10, 10, 10);
    Change change = judge(CPU, base, now);
    assertEquals(3, change.ratio().orElseThrow().ratio(), 1e-9);
    assertEquals(3, change.ratio().orElseThrow().high(), 1e-9);
    assertEquals(40, change.base().orElseThrow().value());
  }

  @Test
  void aFloorWithoutAFigureIsNoFloor() {
    ComparedSide base = overFloors("base", new long[] {20, 40, 60}, 10, 20, 30);
    ComparedSide now = overFloors("new", new long[] {20, 40, 60}, 10, 0, 30);
    assertEquals("a turn of new has no valid floor", judge(CPU, base, now).why());
    assertEquals("a turn of new has no valid floor", judge(CPU, now, base).why());
  }

  @Test
  void aFloorThatDidNotDeliverIsNoFloor() {
    RecordedRun silent =
        new RunDraft(ECHO).minute(30).experiment("base0").undelivered(Series.RESPONSE, 8).run();
    ComparedSide base = overFloors("base", new long[] {20, 40, 60}, 10, 20, 30);
    List<RecordedRun> floors = new ArrayList<>(base.floors());
    floors.set(0, silent);
    ComparedSide broken = new ComparedSide("base", base.runs(), base.turns(), floors);
    assertEquals("", judge(MEDIAN, base, base).why());
    assertEquals("a turn of base has no valid floor", judge(MEDIAN, broken, base).why());
  }

  @Test
  void aFloorThatTookNoTimeIsNoFloor() {
    RecordedRun instant =
        new RunDraft(ECHO).minute(30).experiment("base0").times(0, 0, 0, 0, 0, 0, 0, 0).run();
    ComparedSide base = overFloors("base", new long[] {20, 40, 60}, 10, 20, 30);
    List<RecordedRun> floors = new ArrayList<>(base.floors());
    floors.set(0, instant);
    ComparedSide broken = new ComparedSide("base", base.runs(), base.turns(), floors);
    assertEquals("a turn of base has no valid floor", judge(MEDIAN, broken, base).why());
  }

  @Test
  void oneTurnWithoutAFloorLeavesAllRunsAsTheyAre() {
    ComparedSide base = overFloors("base", new long[] {20, 40, 60}, 10, 20, 30);
    Map<String, Turn> turns = new HashMap<>(base.turns());
    turns.put(base.runs().get(0).run().id(), new Turn("series", 1, false));
    ComparedSide mixed = new ComparedSide("base", base.runs(), turns, base.floors());
    RunPairing pairing = RunPairing.of(mixed, mixed).orElseThrow();
    assertEquals("The ratios are means over 3 pairs of neighbouring runs.", pairing.sentence());
    assertTrue(RunPairing.of(base, base).orElseThrow().overFloor());
  }

  /** Turn 2 has a run of the first side only. */
  @Test
  void turnsOfOneSideAreNoPairs() {
    ComparedSide base = side("base", 10, 20, 30);
    List<RecordedRun> two = List.of(base.runs().get(0), base.runs().get(2));
    ComparedSide now = new ComparedSide("new", two, base.turns(), List.of());
    RunPairing pairing = RunPairing.of(base, now).orElseThrow();
    assertEquals(two, pairing.pairs().stream().map(RunPair::base).toList());
    assertEquals(two, pairing.pairs().stream().map(RunPair::now).toList());
    assertEquals(Optional.empty(), pairing.pairs().get(0).baseFloor());
  }

  private static Change judge(Metric metric, ComparedSide base, ComparedSide now) {
    return new Judge(base, now, 1, ChangeRule.USUAL).judge(metric);
  }

  private static ComparedSide side(String name, long... cpuNanos) {
    return RunsFromRecorded.inTurn(name, runs(name, 0, cpuNanos), List.of());
  }

  private static ComparedSide overFloors(String name, long[] cpuNanos, long... floorNanos) {
    return RunsFromRecorded.inTurn(name, runs(name, 0, cpuNanos), runs(name, 30, floorNanos));
  }

  private static List<RecordedRun> runs(String name, int firstMinute, long... cpuNanos) {
    List<RecordedRun> runs = new ArrayList<>();
    for (int i = 0; i < cpuNanos.length; i++) {
      runs.add(
          new RunDraft(ECHO)
              .times(1, 2, 3, 4, 5, 6, 7, 8)
              .cpu(cpuNanos[i])
              .minute(firstMinute + i)
              .experiment(name + i)
              .run());
    }
    return runs;
  }
}
