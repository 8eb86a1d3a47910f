package dev.fanbench.gatling.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.faulty.Fault;
import dev.fanbench.gatling.faulty.FaultyTarget;
import dev.fanbench.gatling.options.Options;
import dev.fanbench.gatling.phase.PhaseRun;
import dev.fanbench.measurement.clock.SystemNanoClock;
import dev.fanbench.measurement.record.ArrivalListener;
import dev.fanbench.measurement.run.BlockResult;
import dev.fanbench.measurement.run.RecordedPhase;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.RunReader;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.reports.model.LiveRun;
import dev.fanbench.target.TargetKind;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two targets in one experiment take their blocks in turn. */
@Timeout(60)
class TurnsTest {
  private final List<Integer> turns = new ArrayList<>();

  @TempDir Path directory;

  @Test
  void targetsTakeTurnsAndLeaveRunsThatBelongTogether() throws Exception {
    try (FaultyTarget one = FaultyTarget.start(new Fault.None());
        FaultyTarget two = FaultyTarget.start(new Fault.Drop(7))) {
      Options options =
          ExperimentInTest.options(
              directory,
              one.url() + "," + two.url(),
              "fanout = [ { subscribers = 3, count = 60, rate = 60 } ]");
      Experiment experiment = Experiment.of(List.of(options), silence(), 4);
      experiment.run(new CountingUsers());
      experiment.close();

      assertTrue(experiment.end().reason().isEmpty(), experiment.end().reason().toString());
      List<RecordedRun> runs = new ArrayList<>();
      for (TargetRun run : experiment.runs()) {
        runs.add(RunReader.read(run.directory().orElseThrow()));
      }
      assertEquals(List.of(0, 1, 1, 0, 0, 1, 1, 0), turns);
      assertTrue(runs.get(0).run().tookTurnsWith(runs.get(1).run()));
      assertFalse(runs.get(0).run().experiment().isEmpty());
      RecordedPhase whole = runs.get(0).phase("fanout-3");
      assertEquals(
          List.of(15, 15, 15, 15),
          whole.result().blocks().stream().map(BlockResult::count).toList());
      assertEquals(180, whole.result().deliveryCount().delivered());
      RecordedPhase dropping = runs.get(1).phase("fanout-3");
      assertEquals(25, dropping.result().deliveryCount().missing());
      assertEquals(155, dropping.result().deliveryCount().delivered());
      assertTrue(dropping.result().deliveryCount().balance());
    }
  }

  /** A floor with a shorter warm-up, or at another rate, may take longer than its target. */
  @Test
  void theFloorHasTheRateCountAndWarmUpOfItsTarget() throws Exception {
    try (FaultyTarget target = FaultyTarget.start(new Fault.None())) {
      Options options =
          ExperimentInTest.options(
              directory,
              target.url().toString(),
              """
              warmUp = 1s
              echo { count = 30, rate = 100, clients = 3 }
              fanout = [ { subscribers = 3, count = 60, rate = 60 } ]
              """,
              "on");
      Experiment experiment = Experiment.of(List.of(options), silence(), 4);
      experiment.run(new CountingUsers());
      experiment.close();

      assertTrue(experiment.end().reason().isEmpty(), experiment.end().reason().toString());
      List<RecordedRun> runs = new ArrayList<>();
      for (TargetRun run : experiment.runs()) {
        runs.add(RunReader.read(run.directory().orElseThrow()));
      }
      RecordedRun floor = runs.get(0);
      RecordedRun other = runs.get(1);
      assertEquals(TargetKind.FLOOR.key(), floor.run().target().kind());
      assertTrue(floor.run().tookTurnsWith(other.run()));
      assertEquals(other.run().workload(), floor.run().workload());
      assertTrue(floor.run().workload().phases().stream().anyMatch(Phase::warmUp));
      assertEquals(offered(other), offered(floor));
    }
  }

  /** The phases in their order, and the arrivals of each block of those that count. */
  private static List<String> offered(RecordedRun run) {
    return run.phases().stream()
        .map(RecordedPhase::result)
        .map(
            result ->
                result.phase()
                    + (result.counts()
                        ? " in blocks of "
                            + result.blocks().stream().map(BlockResult::count).toList()
                            + ", sent "
                            + result.deliveryCount().sent()
                        : ""))
        .toList();
  }

  @Test
  void noTargetIsAlwaysTheFirst() {
    assertEquals(List.of("A", "B", "C"), Experiment.inTurn(List.of("A", "B", "C"), 0));
    assertEquals(List.of("C", "B", "A"), Experiment.inTurn(List.of("A", "B", "C"), 1));
  }

  @Test
  void moreTargetsThanFitAreMeasuredInGroups() {
    assertEquals(List.of(List.of(1, 2, 3, 4)), groups(List.of(1, 2, 3, 4), 4));
    assertEquals(List.of(List.of(1, 2), List.of(3, 4, 5)), groups(List.of(1, 2, 3, 4, 5), 4));
    assertEquals(List.of(List.of(1), List.of(2)), groups(List.of(1, 2), 1));
    assertEquals(List.of(), groups(List.of(), 4));
  }

  @Test
  void eachGroupHasAFloorToBeComparedWith() {
    assertEquals(List.of(List.of(0, 1, 2, 3)), groups(List.of(0, 1, 2, 3), 4));
    assertEquals(List.of(List.of(0, 1, 2), List.of(0, 3, 4)), groups(List.of(0, 1, 2, 3, 4), 4));
    assertEquals(List.of(List.of(0), List.of(1)), groups(List.of(0, 1), 1));
  }

  /** Groups of numbers, of which 0 is the floor. */
  private static List<List<Integer>> groups(List<Integer> targets, int most) {
    return Experiment.groups(targets, target -> target == 0, most);
  }

  private static Progress silence() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new Progress(nowhere, false, new LiveRun(SystemNanoClock.INSTANCE), 0);
  }

  /** Notes whose block was taken: 0 for the target that came first, 1 for the other one. */
  private final class CountingUsers implements UserPool {
    private final List<PhaseRun> seen = new ArrayList<>();

    @Override
    public ArrivalListener listener(String target, Phase phase) {
      return ArrivalListener.none();
    }

    @Override
    public void take(PhaseRun phase, CompletableFuture<?> early) throws InterruptedException {
      if (!seen.contains(phase)) {
        seen.add(phase);
      }
      turns.add(seen.indexOf(phase));
      UserPool.await(phase.takeArrivals(8), early);
    }
  }
}
