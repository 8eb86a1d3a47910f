package dev.fanbench.gatling.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.faulty.Fault;
import dev.fanbench.gatling.faulty.FaultyTarget;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The lines of a whole run, from a process of its own whose user has an empty home. */
@Timeout(120)
class RunConsoleTest {
  private static final String WORKLOAD =
      """
      warmUp = 200ms, drain = 1s, payloadBytes = 64, arrivals = constant, seed = 1
      fanout = [ { subscribers = 3, count = 40, rate = 40 } ]
      slo = ["faults==0"]
      """;

  private static final int WIDTH = 100;

  @TempDir private Path directory;

  @Test
  void aRunPrintsItsFindingFirstEachWarningOnceAndItsPageLast() throws Exception {
    List<String> lines = lines();
    assertTrue(lines.stream().noneMatch(RunConsoleTest::isOfGatling), lines::toString);
    assertTrue(lines.stream().noneMatch(line -> line.contains("API Gateway")), lines::toString);
    int table = first(lines, "Fan-out to 3 ");
    assertTrue(first(lines, "", "VALID, all 120 delivered") < table, lines::toString);
    assertTrue(lines.get(lines.size() - 1).startsWith("Report: "), lines::toString);
    List<String> warnings = lines.stream().filter(line -> line.startsWith("Warning,")).toList();
    assertEquals(warnings.stream().distinct().toList(), warnings);
    List<String> wide =
        lines.stream()
            .filter(line -> line.length() > WIDTH && !line.startsWith("Report: "))
            .toList();
    assertEquals(List.of(), wide);
  }

  @Test
  void verboseHasGatlingsLinesToo() throws Exception {
    List<String> lines = lines("--verbose");
    assertTrue(lines.stream().anyMatch(RunConsoleTest::isOfGatling), lines::toString);
  }

  /** Gatling would ask a server for its latest release, and note the answer in the user's home. */
  @Test
  void aRunLeavesTheHomeOfItsUserEmpty() throws Exception {
    List<String> lines = lines();
    assertTrue(lines.stream().noneMatch(line -> line.contains("prefs")), lines::toString);
    assertFalse(Files.exists(home().resolve(".java")));
  }

  private Path home() {
    return directory.resolve("home");
  }

  private static boolean isOfGatling(String line) {
    return line.startsWith("Simulation ")
        || line.startsWith("Parsing log")
        || line.startsWith("Global: ");
  }

  private static int first(List<String> lines, String start, String... parts) {
    return IntStream.range(0, lines.size())
        .filter(i -> lines.get(i).startsWith(start))
        .filter(i -> List.of(parts).stream().allMatch(lines.get(i)::contains))
        .findFirst()
        .orElseThrow(() -> new AssertionError(start + List.of(parts) + " is not in " + lines));
  }

  /** All lines but those on the options of the JVM and on the exit code. */
  private List<String> lines(String... words) throws IOException, InterruptedException {
    Files.createDirectories(home());
    try (FaultyTarget target = FaultyTarget.start(new Fault.None());
        ForkedLoad load =
            ForkedLoad.start(
                directory,
                target.url(),
                WORKLOAD,
                List.of(),
                Map.of("JAVA_TOOL_OPTIONS", "-Duser.home=" + home()),
                words)) {
      int unused = load.exitCode();
      return load.said()
          .lines()
          .filter(line -> !line.startsWith("Picked up ") && !line.startsWith("fanbench: "))
          .toList();
    }
  }
}
