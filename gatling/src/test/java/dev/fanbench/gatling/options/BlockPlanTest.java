package dev.fanbench.gatling.options;

import static dev.fanbench.gatling.options.Typed.ALL;
import static dev.fanbench.gatling.options.Typed.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.workload.Outage;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BlockPlanTest {

  /** Eight blocks, unless they would be too short, too small or too long. */
  @ParameterizedTest
  @CsvSource({
    "1000, 200, 8",
    "200, 200, 4",
    "72, 4, 8",
    "40, 4, 5",
    "7, 4, 1",
    "100, 200, 1",
    "36000, 10, 720",
    "864000, 10, 720",
  })
  void aPhaseIsCutIntoNeighboursInTime(int count, double rate, int blocks) {
    assertEquals(blocks, BlockPlan.cut(phase(count, rate)).blocks());
  }

  /** Blocks hold whole bursts, and none is empty. */
  @ParameterizedTest
  @CsvSource({"1000, 10, 100, 8", "600, 50, 100, 6", "100, 50, 10, 1", "5761, 1, 1, 641"})
  void aBurstIsNotCut(int count, int burst, double rate, int blocks) {
    Phase phase = BlockPlan.cut(phase(count, rate).inBursts(burst));
    assertEquals(blocks, phase.blocks());
    assertEquals(0, phase.blockSize() % burst);
    assertTrue(phase.firstOfBlock(blocks - 1) < count);
  }

  @Test
  void anOutageCannotTakeTurns() {
    assertEquals(1, BlockPlan.cut(phase(1_000, 200).with(Outage.KILLED)).blocks());
  }

  @Test
  void aWarmUpCanEndAfterEachSecond() {
    assertEquals(6, BlockPlan.cutWarmUp(phase(1_200, 200)).blocks());
    assertEquals(1, BlockPlan.cutWarmUp(phase(20, 200)).blocks());
  }

  @Test
  void oneTargetAloneTakesNoTurns() {
    assertEquals(1, blocks("floor=off", "target=netty"));
    assertEquals(8, blocks("floor=on", "target=netty"));
    assertEquals(8, blocks("floor=on", "target=ws://127.0.0.1:9000/"));
    assertEquals(1, blocks("floor=on", "target=wss://chat.example/dev"));
  }

  private static int blocks(String... typed) {
    return read(ALL, typed).workload().phases().stream()
        .filter(phase -> phase.name().equals("echo"))
        .findFirst()
        .orElseThrow()
        .blocks();
  }

  private static Phase phase(int count, double rate) {
    return new Phase("fanout-10", PhaseKind.FANOUT, 10, 1, count, rate, false);
  }
}
