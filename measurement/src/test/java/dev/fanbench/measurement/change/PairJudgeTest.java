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
import java.util.stream.LongStream;
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

  /** Of 10 and 20 µs, the target took 5 and 16 µs at least. */
  @Test
  void theLoadsPartWidensTheIntervalOfATime() {
    ComparedSide base = timed("base", 0, 10_000, 5_000);
    ComparedSide now = timed("new", 0, 20_000, 16_000);
    RatioInterval later = judge(MEDIAN, base, now).ratio().orElseThrow();
    assertEquals(2, later.ratio(), 0.01);
    assertEquals(2, later.low(), 0.01);
    assertEquals(3.2, later.high(), 0.01);
    RatioInterval sooner = judge(MEDIAN, now, base).ratio().orElseThrow();
    assertEquals(0.3125, sooner.low(), 0.001);
    assertEquals(0.5, sooner.high(), 0.001);
  }

  /** The same share of the same load is in both, and drops out. */
  @Test
  void aLoadThatAddsTheSameToEqualTargetsChangesNothing() {
    ComparedSide side = timed("base", 0, 10_000, 4_000);
    RatioInterval same = judge(MEDIAN, side, side).ratio().orElseThrow();
    assertEquals(new RatioInterval(1, 1, 1), same);
    assertEquals(Verdict.NO_CHANGE, judge(MEDIAN, side, side).verdict());
  }

  @Test
  void aTimeThatMayBeAllOfTheLoadIsNotCompared() {
    ComparedSide base = timed("base", 0, 10_000, 5_000);
    ComparedSide none = timed("new", 0, 20_000, 0);
    Change change = judge(MEDIAN, base, none);
    assertEquals(Verdict.NOT_COMPARABLE, change.verdict());
    assertEquals("the load may have added all of a time", change.why());
    assertEquals(change.why(), judge(MEDIAN, none, base).why());
    ComparedSide first = new ComparedSide("base", base.runs(), Map.of(), List.of());
    ComparedSide second = new ComparedSide("new", none.runs(), Map.of(), List.of());
    assertEquals(change.why(), judge(MEDIAN, first, second).why());
  }

  @Test
  void runsThatTookNoTurnsAreWidenedToo() {
    ComparedSide base =
        new ComparedSide("base", timed("base", 0, 10_000, 5_000).runs(), Map.of(), List.of());
    ComparedSide now =
        new ComparedSide("new", timed("new", 0, 20_000, 16_000).runs(), Map.of(), List.of());
    RatioInterval later = judge(MEDIAN, base, now).ratio().orElseThrow();
    assertEquals(2, later.low(), 0.01);
    assertEquals(3.2, later.high(), 0.01);
  }

  /** The floor's own load goes out of it as well: 16 ÷ 5 over 8 ÷ 4. */
  @Test
  void theLoadsPartOfAFloorIsTakenOutToo() {
    List<RecordedRun> floors = timed("base", 30, 10_000, 5_000).runs();
    ComparedSide base =
        RunsFromRecorded.inTurn("base", timed("base", 0, 20_000, 16_000).runs(), floors);
    ComparedSide now =
        RunsFromRecorded.inTurn("new", timed("base", 0, 20_000, 8_000).runs(), floors);
    RatioInterval ratio = judge(MEDIAN, base, now).ratio().orElseThrow();
    assertEquals(0.5, ratio.low(), 0.01);
    assertEquals(1, ratio.high(), 0.01);
  }

  /** Three runs, each with eight equal times. */
  private static ComparedSide timed(String name, int firstMinute, long nanos, long leastNanos) {
    List<RecordedRun> runs = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      runs.add(
          new RunDraft(ECHO)
              .times(LongStream.generate(() -> nanos).limit(8).toArray())
              .least(LongStream.generate(() -> leastNanos).limit(8).toArray())
              .minute(firstMinute + i)
              .experiment(name + i)
              .run());
    }
    return RunsFromRecorded.inTurn(name, runs, List.of());
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
