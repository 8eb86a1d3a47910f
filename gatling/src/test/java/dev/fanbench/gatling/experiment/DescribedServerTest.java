package dev.fanbench.gatling.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.options.Options;
import dev.fanbench.gatling.options.TargetChoice;
import dev.fanbench.measurement.host.UsageMeter;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.RecordedRun;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A server in another language, which only its server.conf describes. */
class DescribedServerTest {
  @TempDir private Path directory;

  @Test
  void serverOfAnyCommandIsStartedMeasuredAndStopped() throws Exception {
    Options options =
        ExperimentInTest.options(
            directory, "node", "fanout = [ { subscribers = 5, count = 20, rate = 50 } ]");
    long before = children();
    RecordedRun run =
        ExperimentInTest.of(TargetChoice.named(options.home(), "node"), options).whole();
    assertEquals("server", run.run().target().kind());
    assertEquals("node server.mjs {port}", run.run().target().settings().get("command"));
    PhaseResult result = run.measured().get(0).result();
    assertEquals(100, result.deliveryCount().delivered());
    assertEquals(0, result.deliveryCount().missing());
    assertTrue(result.target().cpuNanos() > 0, "CPU of the process tree");
    assertTrue(
        result.target().counters().get(UsageMeter.RESIDENT_BYTES) > 10e6, "memory of the tree");
    assertEquals(before, children(), "the server is gone");
  }

  private static long children() {
    return ProcessHandle.current().descendants().count();
  }
}
