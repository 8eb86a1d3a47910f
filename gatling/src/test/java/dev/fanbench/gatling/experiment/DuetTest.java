package dev.fanbench.gatling.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.faulty.Fault;
import dev.fanbench.gatling.faulty.FaultyTarget;
import dev.fanbench.gatling.faulty.ScriptListener;
import dev.fanbench.gatling.options.Options;
import dev.fanbench.gatling.phase.PhaseRun;
import dev.fanbench.measurement.clock.SystemNanoClock;
import dev.fanbench.measurement.record.ArrivalListener;
import dev.fanbench.measurement.run.RecordedPhase;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.RunReader;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.reports.model.LiveRun;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two targets in a duet, whose arrivals alternate if each is over in half a gap. */
@Timeout(60)
class DuetTest {
  /** Half a gap is 250 ms, which is long enough on a busy machine. */
  private static final String PHASES =
      """
      warmUp = 2s
      fanout = [ { subscribers = 3, count = 8, rate = 2 } ]
      """;

  @TempDir Path directory;

  @Test
  void arrivalsOfFastTargetsAlternate() throws Exception {
    Users users = new Users(true);
    List<RecordedPhase> phases = measure(new Fault.None(), users);
    assertTrue(phases.stream().allMatch(phase -> phase.result().alternatedBlocks() == 1));
    for (RecordedPhase phase : phases) {
      assertEquals(8, phase.result().deliveryCount().sent());
      assertEquals(3 * 8, phase.result().deliveryCount().delivered());
    }
    assertEquals(2, users.together.size());
  }

  @Test
  void aSlowTargetTakesTurns() throws Exception {
    List<Duration> times = Collections.nCopies(100, Duration.ofMillis(400));
    List<RecordedPhase> phases =
        measure(new Fault.Scripted(times, new Unheard()), new Users(false));
    assertFalse(phases.stream().anyMatch(phase -> phase.result().alternatedBlocks() > 0));
    phases.forEach(phase -> assertEquals(3 * 8, phase.result().deliveryCount().delivered()));
  }

  private List<RecordedPhase> measure(Fault ofSecond, Users users) throws Exception {
    try (FaultyTarget one = FaultyTarget.start(new Fault.None());
        FaultyTarget two = FaultyTarget.start(ofSecond)) {
      Experiment experiment = Experiment.of(List.of(side("a", one), side("b", two)), silence(), 4);
      experiment.run(users);
      experiment.close();

      assertTrue(experiment.end().reason().isEmpty(), experiment.end().reason().toString());
      List<RecordedPhase> phases = new ArrayList<>();
      for (TargetRun run : experiment.runs()) {
        RecordedRun recorded = RunReader.read(run.directory().orElseThrow());
        phases.add(recorded.phase("fanout-3"));
      }
      return phases;
    }
  }

  private Options side(String letter, FaultyTarget target) throws IOException {
    Path own = Files.createDirectories(directory.resolve(letter));
    return ExperimentInTest.options(own, target.url().toString(), PHASES);
  }

  private static Progress silence() {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new Progress(nowhere, false, new LiveRun(SystemNanoClock.INSTANCE), 0);
  }

  /** The target goes by its script, and is asked nothing. */
  private static final class Unheard implements ScriptListener {
    @Override
    public void arrived(int index) {}

    @Override
    public void handled(int index, long tookNanos) {}
  }

  /**
   * In an alternating phase the first waits for the second, and none would come if it had a turn.
   */
  private static final class Users implements UserPool {
    private final boolean alternating;
    private final CyclicBarrier both = new CyclicBarrier(2);
    private final List<PhaseRun> together = Collections.synchronizedList(new ArrayList<>());

    Users(boolean alternating) {
      this.alternating = alternating;
    }

    @Override
    public ArrivalListener listener(String target, Phase phase) {
      return ArrivalListener.none();
    }

    @Override
    public void take(PhaseRun phase, CompletableFuture<?> early) throws InterruptedException {
      CompletableFuture<Void> taken = phase.takeArrivals(8);
      if (alternating && !phase.phase().warmUp()) {
        try {
          both.await(20, TimeUnit.SECONDS);
        } catch (BrokenBarrierException | TimeoutException alone) {
          throw new IllegalStateException("the other target has no block now", alone);
        }
        together.add(phase);
      }
      UserPool.await(taken, early);
    }
  }
}
