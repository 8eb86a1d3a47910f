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

  /** Of 10 and 20 µs, the targets took 5 and 16 µs at least: from 16 ÷ 10 to 20 ÷ 5. */
  @Test
  void theLoadsPartWidensTheIntervalOfATime() {
    ComparedSide base = timed("base", 10_000, 5_000);
    ComparedSide now = timed("new", 20_000, 16_000);
    RatioInterval later = judge(MEDIAN, base, now).ratio().orElseThrow();
    assertEquals(2, later.ratio(), 0.01);
    assertEquals(1.6, later.low(), 0.01);
    assertEquals(4, later.high(), 0.01);
  }

  /** One load added the same share on both: from 20 ÷ 10 to 16 ÷ 5. */
  @Test
  void inADuetTheLoadAddsTheSameShareOnBothSides() {
    ComparedSide base = timed("duet", 10_000, 5_000);
    ComparedSide now = timed("duet", 20_000, 16_000);
    RatioInterval later = judge(MEDIAN, base, now).ratio().orElseThrow();
    assertEquals(2, later.ratio(), 0.01);
    assertEquals(2, later.low(), 0.01);
    assertEquals(3.2, later.high(), 0.01);
    RatioInterval sooner = judge(MEDIAN, now, base).ratio().orElseThrow();
    assertEquals(0.3125, sooner.low(), 0.001);
    assertEquals(0.5, sooner.high(), 0.001);
    assertEquals(new RatioInterval(1, 1, 1), judge(MEDIAN, base, base).ratio().orElseThrow());
  }

  /** The target's own part may be nothing, so one end of the ratio is not known. */
  @Test
  void aTimeThatMayBeAllOfTheLoadHasNoEnd() {
    for (String name : List.of("", "duet")) {
      ComparedSide base = timed("base" + name, 10_000, 5_000);
      ComparedSide none = timed((name.isEmpty() ? "new" : "base") + name, 20_000, 0);
      Change change = judge(MEDIAN, base, none);
      assertEquals(0, change.ratio().orElseThrow().low());
      assertTrue(change.ratio().orElseThrow().high() < 4.1);
      assertEquals(Verdict.UNDECIDED, change.verdict());
      Change other = judge(MEDIAN, none, base);
      assertEquals(Double.POSITIVE_INFINITY, other.ratio().orElseThrow().high());
      assertTrue(other.ratio().orElseThrow().low() > 0.24);
      assertEquals(Verdict.UNDECIDED, other.verdict());
    }
  }

  @Test
  void runsThatTookNoTurnsAreWidenedToo() {
    ComparedSide base =
        new ComparedSide("base", timed("base", 10_000, 5_000).runs(), Map.of(), List.of());
    ComparedSide now =
        new ComparedSide("new", timed("new", 20_000, 16_000).runs(), Map.of(), List.of());
    RatioInterval later = judge(MEDIAN, base, now).ratio().orElseThrow();
    assertEquals(1.6, later.low(), 0.01);
    assertEquals(4, later.high(), 0.01);
  }

  /** An older load did not record how late it read. */
  @Test
  void aPartThatIsKnownOfOneSideAloneIsTakenOutOfNone() {
    ComparedSide known = timed("new", 20_000, 16_000);
    ComparedSide unknown = side("base", 10, 20, 30);
    Change change = judge(MEDIAN, unknown, known);
    RatioInterval ratio = change.ratio().orElseThrow();
    assertEquals(ratio.ratio(), ratio.low(), ratio.ratio() / 1_000);
    assertEquals(ratio.ratio(), ratio.high(), ratio.ratio() / 1_000);
  }

  /** 16 of 20 over 10 is at least 1.6 and at most 4, of 8 of 20 at least 0.8: from 0.2 to 2.5. */
  @Test
  void theLoadsPartOfAFloorIsTakenOutToo() {
    ComparedSide base =
        RunsFromRecorded.inTurn(
            "base", timed("one", 20_000, 16_000).runs(), timed("one", 10_000, 5_000).runs());
    ComparedSide now =
        RunsFromRecorded.inTurn(
            "new", timed("two", 20_000, 8_000).runs(), timed("two", 10_000, 5_000).runs());
    RatioInterval ratio = judge(MEDIAN, base, now).ratio().orElseThrow();
    assertEquals(0.2, ratio.low(), 0.01);
    assertEquals(2.5, ratio.high(), 0.01);
  }

  /**
   * Three runs, each with eight equal times.
   *
   * @param name sides of the same name took turns with each other
   */
  private static ComparedSide timed(String name, long nanos, long leastNanos) {
    List<RecordedRun> runs = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      runs.add(
          new RunDraft(ECHO)
              .times(LongStream.generate(() -> nanos).limit(8).toArray())
              .least(LongStream.generate(() -> leastNanos).limit(8).toArray())
              .minute(i)
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
