package dev.fanbench.reports.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.reports.Runs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConsoleSummaryTest {
  private static final int WIDTH = 100;

  @TempDir private Path directory;

  @Test
  void aTableWithLongNamesLeavesPercentilesToThePage() throws IOException {
    List<String> lines =
        lines(
            new Runs(directory)
                .inMemory("a-server-with-a-name-of-44-letters-in-all")
                .serverless("b"));
    assertEquals(List.of(), lines.stream().filter(line -> line.length() > WIDTH).toList());
    assertTrue(
        lines.stream().anyMatch(line -> line.startsWith("The page also has ")), lines::toString);
    assertTrue(
        lines.stream().anyMatch(line -> line.matches("Fan-out to 100 .*p50 .*")), lines::toString);
  }

  @Test
  void aTableWithShortNamesHasAllPercentiles() throws IOException {
    List<String> lines = lines(new Runs(directory).inMemory("netty").serverless("b"));
    assertTrue(lines.stream().anyMatch(line -> line.contains("p99.9")), lines::toString);
    assertFalse(lines.stream().anyMatch(line -> line.startsWith("The page also")), lines::toString);
  }

  private static List<String> lines(Runs runs) throws IOException {
    return ConsoleSummary.of(runs.compared(), Path.of("index.html")).lines().toList();
  }
}
