package dev.fanbench.measurement.change;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fanbench.measurement.record.Phases;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.workload.ArrivalProcess;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.Workload;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComparabilityTest {
  private static final Phase ECHO = Phases.echo(8, 10);
  private static final Workload OFFERED = offered(ArrivalProcess.CONSTANT, 64, 1_000, 7);

  @Test
  void theSameWorkOnTheSameMachineIsCompared() {
    assertEquals(Optional.empty(), obstacle(OFFERED));
  }

  @Test
  void anotherOfferIsNotCompared() {
    assertEquals(
        Optional.of("the runs differ in payloadBytes: 64 and 65"),
        obstacle(offered(ArrivalProcess.CONSTANT, 65, 1_000, 7)));
    assertEquals(
        Optional.of("the runs differ in arrivals: CONSTANT and POISSON"),
        obstacle(offered(ArrivalProcess.POISSON, 64, 1_000, 7)));
    assertEquals(
        Optional.of("the runs differ in drain in ms: 1000 and 999"),
        obstacle(offered(ArrivalProcess.CONSTANT, 64, 999, 7)));
  }

  /** A seed draws intended times of Poisson arrivals only. */
  @Test
  void anotherSeedIsAnotherOfferWhereTimesAreDrawn() {
    assertEquals(Optional.empty(), obstacle(offered(ArrivalProcess.CONSTANT, 64, 1_000, 8)));
    RecordedRun seven = run(offered(ArrivalProcess.POISSON, 64, 1_000, 7));
    RecordedRun eight = run(offered(ArrivalProcess.POISSON, 64, 1_000, 8));
    assertEquals(
        Optional.of("the runs differ in seed: 7 and 8"),
        Comparability.obstacle(side(seven), side(eight)));
    assertEquals(Optional.empty(), Comparability.obstacle(side(seven), side(seven)));
  }

  @ParameterizedTest
  @ValueSource(strings = {"cpu", "cores", "machine", "load cores", "pinning"})
  void anotherMachineIsNotCompared(String key) {
    RecordedRun one = new RunDraft(ECHO).environment(Map.of(key, "1", "kernel", "6")).run();
    RecordedRun two = new RunDraft(ECHO).environment(Map.of(key, "2", "kernel", "7")).run();
    assertEquals(
        Optional.of("the runs differ in " + key + ": 1 and 2"),
        Comparability.obstacle(side(one), side(two)));
  }

  @Test
  void anotherKernelIsCompared() {
    RecordedRun one = new RunDraft(ECHO).environment(Map.of("kernel", "6")).run();
    RecordedRun two = new RunDraft(ECHO).environment(Map.of("kernel", "7")).run();
    assertEquals(Optional.empty(), Comparability.obstacle(side(one), side(two)));
  }

  @Test
  void runsOfOneSideThatDifferAreNotComparedEither() {
    RecordedRun other = run(offered(ArrivalProcess.CONSTANT, 65, 1_000, 7));
    assertEquals(
        Optional.of("the runs differ in payloadBytes: 64 and 65"),
        Comparability.obstacle(side(run(OFFERED), other), side(run(OFFERED))));
  }

  @Test
  void aPhaseIsComparedWhereAllRunsOfferedItAlike() {
    RecordedRun slow = new RunDraft(Phases.echo(8, 5)).run();
    RecordedRun other = new RunDraft(Phases.connect(8, 5)).run();
    ComparedSide usual = side(run(OFFERED), run(OFFERED));
    assertEquals(Optional.empty(), Comparability.obstacle(usual, usual, "echo"));
    assertEquals(Optional.empty(), Comparability.obstacle(usual, side(other), "echo"));
    assertEquals(
        Optional.of("the runs offered different things in echo"),
        Comparability.obstacle(usual, side(slow), "echo"));
  }

  private static Optional<String> obstacle(Workload now) {
    return Comparability.obstacle(side(run(OFFERED)), side(run(now)));
  }

  private static RecordedRun run(Workload offered) {
    return new RunDraft(ECHO).workload(offered).run();
  }

  private static Workload offered(ArrivalProcess arrivals, int bytes, long drain, long seed) {
    return new Workload("test", List.of(ECHO), arrivals, bytes, drain, seed);
  }

  private static ComparedSide side(RecordedRun... runs) {
    return new ComparedSide("side", List.of(runs));
  }
}
