package dev.fanbench.gatling;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import dev.fanbench.gatling.options.BadOption;
import dev.fanbench.measurement.host.ProcessSet;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class PreflightTest {

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
