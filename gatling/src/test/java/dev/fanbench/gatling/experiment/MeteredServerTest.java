package dev.fanbench.gatling.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.options.BadOption;
import dev.fanbench.gatling.options.Options;
import dev.fanbench.measurement.host.UsageMeter;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.RecordedRun;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A server that runs already, whose processes are named. */
@Timeout(60)
class MeteredServerTest {
  private static final String PHASES = "\nfanout = [ { subscribers = 3, count = 20, rate = 100 } ]";

  @TempDir Path directory;

  @Test
  void aProcessIsMeteredWithItsMemory() throws Exception {
    try (ServerProcess target = ServerProcess.start()) {
      RecordedRun run = measure(target, "pid = " + target.pid());
      assertMetered(run);
      assertTrue(
          run.run().target().place().endsWith("and its children"), run.run().target().place());
      double bytes =
          run.measured().get(0).result().load().counters().get(PhaseResult.RECEIVED_BYTES);
      assertTrue(bytes > 60 * 64, bytes + " bytes for 60 deliveries of 64 bytes and more");
    }
  }

  @Test
  void aControlGroupIsMeteredWithItsPeak() throws Exception {
    try (ServerProcess target = ServerProcess.start()) {
      Path group = Files.createDirectory(directory.resolve("group"));
      Files.writeString(group.resolve("cgroup.procs"), target.pid() + "\n");
      Files.writeString(group.resolve("memory.peak"), "123456789\n");
      RecordedRun run = measure(target, "cgroup = \"" + group + "\"");
      assertMetered(run);
      assertEquals(
          123_456_789.0,
          run.measured().get(0).result().target().counters().get(UsageMeter.PEAK_BYTES));
    }
  }

  @Test
  void optionsThatCannotBeAreOneSentence() {
    assertRefused("pid = 1, cgroup = /nowhere", "pid and cgroup cannot be given together");
    assertRefused("pid = self", "pid=self is not allowed; pid takes the id of a process");
    BadOption started =
        assertThrows(
            BadOption.class,
            () -> ExperimentInTest.options(directory, "netty", "pid = 1" + PHASES));
    assertTrue(started.getMessage().startsWith("pid and cgroup are for one target by URL"));
  }

  private void assertRefused(String option, String beginning) {
    BadOption bad =
        assertThrows(
            BadOption.class,
            () -> ExperimentInTest.options(directory, "ws://127.0.0.1:9/", option + PHASES));
    assertTrue(bad.getMessage().startsWith(beginning), bad.getMessage());
  }

  private static void assertMetered(RecordedRun run) {
    PhaseResult result = run.measured().get(0).result();
    assertTrue(result.target().cpuNanos() > 0);
    assertTrue(result.cpuNanosPerDelivery() > 0);
    assertTrue(result.target().counters().get(UsageMeter.RESIDENT_BYTES) > 1e6);
    assertTrue(result.target().counters().get(UsageMeter.PEAK_BYTES) > 1e6);
    assertTrue(result.target().counters().get(UsageMeter.CONTEXT_SWITCHES) > 0);
  }

  private RecordedRun measure(ServerProcess target, String option) throws Exception {
    Options options = ExperimentInTest.options(directory, target.url(), option + PHASES);
    return ExperimentInTest.of(options.targets().get(0), options).whole();
  }
}
