package dev.fanbench.gatling.target;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(OS.LINUX)
class PinningTest {

  /** A target is alone on its cores while it is measured, and on all of them otherwise. */
  @Test
  void confinesAndReleasesAProcess() throws Exception {
    List<Integer> cores = cores("self");
    Pinning pinning = new Pinning(cores.subList(0, 1), cores.subList(1, cores.size()), "test");
    Process target = new ProcessBuilder("sleep", "60").start();
    try {
      String pid = String.valueOf(target.pid());
      pinning.confine(target.pid());
      assertEquals(cores.subList(0, 1), cores(pid));
      pinning.release(target.pid());
      assertEquals(cores, cores(pid));
    } finally {
      target.destroyForcibly().waitFor();
    }
  }

  @Test
  void leavesAloneWhatIsNotPinned() throws Exception {
    List<Integer> before = cores("self");
    Pinning off = Pinning.off("test");
    off.confine(ProcessHandle.current().pid());
    off.release(ProcessHandle.current().pid());
    assertEquals(before, cores("self"));
  }

  private static List<Integer> cores(String process) throws Exception {
    String key = "Cpus_allowed_list:";
    String line =
        Files.readAllLines(Path.of("/proc", process, "status")).stream()
            .filter(each -> each.startsWith(key))
            .findFirst()
            .orElseThrow();
    return Pinning.parse(line.substring(key.length()).trim());
  }

  @Test
  void hyperthreadsOfOneCoreStayOnOneSide() {
    // Eight hyperthreads of four cores, numbered as most machines do: 0 and 4 share a core.
    assertEquals(
        List.of(0, 4, 1, 5, 2, 6, 3, 7),
        Pinning.bySibling(List.of(0, 1, 2, 3, 4, 5, 6, 7), core -> core % 4));
    assertEquals(List.of(1, 3), Pinning.bySibling(List.of(3, 1), core -> core));
  }
}
