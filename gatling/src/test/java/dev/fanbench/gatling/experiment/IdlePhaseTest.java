package dev.fanbench.gatling.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.faulty.Fault;
import dev.fanbench.gatling.faulty.FaultyTarget;
import dev.fanbench.gatling.options.Options;
import dev.fanbench.measurement.run.BlockResult;
import dev.fanbench.measurement.run.IdleCounter;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.Validity;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Silent connections over real sockets. */
@Timeout(60)
class IdlePhaseTest {
  private static final String PHASES = "idle { connections = 50, duration = 3s }\n";

  @TempDir Path directory;

  @Test
  void memoryCpuAndTheTimeOfConnectsAreMeasured() throws Exception {
    PhaseResult result = measure("netty");

    for (IdleCounter each :
        List.of(
            IdleCounter.RESIDENT_BEFORE,
            IdleCounter.RESIDENT_AFTER,
            IdleCounter.HEAP_BEFORE,
            IdleCounter.HEAP_AFTER)) {
      assertTrue(each.in(result.target()).orElseThrow() > 0, each.key());
    }
    assertTrue(IdleCounter.SHARE_BEFORE.in(result.target()).orElseThrow() >= 0);
    assertTrue(IdleCounter.OPENING_NANOS.in(result.load()).orElseThrow() > 0);
    assertTrue(result.blocks().size() >= 3);
    for (BlockResult block : result.blocks()) {
      assertTrue(block.target().wallNanos() > 0);
      assertTrue(block.target().steadyCpuNanos() >= 0);
    }
  }

  @Test
  void aServerByUrlIsMeasuredByItsConnectsAlone() throws Exception {
    try (FaultyTarget target = FaultyTarget.start(new Fault.None())) {
      PhaseResult result = measure(target.url().toString());

      assertTrue(IdleCounter.OPENING_NANOS.in(result.load()).orElseThrow() > 0);
    }
  }

  /** Returns the one phase of a run in which every connection was kept. */
  private PhaseResult measure(String target) throws Exception {
    Options options = ExperimentInTest.options(directory, target, PHASES);
    RecordedRun run = ExperimentInTest.of(options.targets().get(0), options).whole();

    assertEquals(List.of(), run.run().validity().reasons());
    assertEquals(Validity.Verdict.VALID, run.run().validity().verdict());
    assertTrue(run.run().slos().stream().allMatch(slo -> slo.held()));
    PhaseResult result = run.phase("idle-50").result();
    assertEquals(0, result.deliveryCount().lostConnections());
    assertEquals(0, result.deliveryCount().expected());
    assertEquals(30, result.deliveryCount().sent());
    return result;
  }
}
