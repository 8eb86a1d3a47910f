package dev.fanbench.reports.page;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanbench.measurement.host.UsageMeter;
import dev.fanbench.reports.ReportWriter;
import dev.fanbench.reports.Runs;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdleUseTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  @Test
  void cpuAndMemoryBetweenTurnsAreStated() throws IOException {
    Path run = new Runs(directory).inMemory("netty").directories().get(0);
    assertFalse(page(run).contains("While the others had their turn"));
    addCounters(run.resolve("run.json"));
    String page = page(run);
    String words = "While the others had their turn: netty used 0.4 % of a core and held 286 MB.";
    assertTrue(page.contains(words), page);
  }

  private static void addCounters(Path file) throws IOException {
    JsonNode run = JSON.readTree(file.toFile());
    for (JsonNode phase : run.get("phases")) {
      if (phase.at("/target/counters") instanceof ObjectNode counters) {
        counters.put(UsageMeter.IDLE_SHARE, 0.004);
        counters.put(UsageMeter.RESIDENT_BYTES, 300e6);
      }
    }
    JSON.writeValue(file.toFile(), run);
  }

  private String page(Path run) throws IOException {
    return Files.readString(ReportWriter.write(List.of(run), directory.resolve("site")).page());
  }
}
