package dev.fanbench.gatling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.experiment.ExperimentInTest;
import dev.fanbench.gatling.experiment.Progress;
import dev.fanbench.gatling.options.BadOption;
import dev.fanbench.gatling.options.Options;
import dev.fanbench.measurement.host.OpenFileCount;
import dev.fanbench.measurement.host.ProcessSet;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PreflightTest {
  @TempDir private Path directory;

  @Test
  @EnabledOnOs(OS.LINUX)
  void connectionsBeyondFilesOrPortsAreRefused() throws Exception {
    boolean filesFit = OpenFileCount.roomInThisProcess().orElse(0) > 1_000_001;
    String refusal = refusal("floor", 1_000_000, "");
    String reason = filesFit ? "need more ports" : "raise it with ulimit -n";
    assertTrue(refusal.contains(reason), refusal);
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aSourceWithoutAWayToTheTargetIsRefused() throws Exception {
    String refusal = refusal("ws://[::1]:9", 10, "sources = 127.0.0.1");
    assertEquals("sources has 127.0.0.1, from which there is no way to [::1]-9.", refusal);
  }

  private String refusal(String target, int subscribers, String settings) throws Exception {
    Options options =
        ExperimentInTest.options(
            directory,
            target,
            "fanout = [ { subscribers = %d, count = 1, rate = 1 } ]\n".formatted(subscribers)
                + settings);
    Progress progress = new Progress(List.of(options));
    return assertThrows(BadOption.class, () -> Preflight.check(options, progress)).getMessage();
  }

  @Test
  void processesThatCannotBeReadAreOneSentence() {
    assertRefused(
        new ProcessSet.Tree(2_147_483_646),
        "The CPU time of process 2147483646 and its children cannot be read:"
            + " process 2147483646 is gone. Is it running, and yours?");
    assertRefused(
        new ProcessSet.ControlGroup(Path.of("/nowhere")),
        "The CPU time of control group /nowhere cannot be read:"
            + " /nowhere/cgroup.procs: no such file or folder. Is it running, and yours?");
  }

  @Test
  void aProcessThatRunsIsReadable() {
    Preflight.requireReadable(new ProcessSet.Tree(ProcessHandle.current().pid()));
  }

  private static void assertRefused(ProcessSet processes, String sentence) {
    assertEquals(
        sentence,
        assertThrows(BadOption.class, () -> Preflight.requireReadable(processes)).getMessage());
  }
}
