package dev.fanbench.reports.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.fanbench.measurement.run.IdleCounter;
import dev.fanbench.measurement.run.RunReader;
import dev.fanbench.reports.Runs;
import dev.fanbench.reports.export.ConsoleSummary;
import dev.fanbench.reports.export.SummaryJson;
import dev.fanbench.reports.model.ReportModel;
import dev.fanbench.reports.price.PriceList;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IdleSectionTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir private Path directory;

  @Test
  void aConnectionsMemoryCpuAndConnectsAreStated() throws IOException {
    ReportModel model = model();

    String page = HtmlPage.of(model);
    assertTrue(page.contains("<h2>Idle connections</h2>"), page);
    assertTrue(page.contains("<td>4 KB</td><td>1 KB</td><td>10 KB</td>"), page);
    assertTrue(
        page.contains("5 KB of memory for each further connection, between the smallest"), page);
    assertFalse(page.contains("<h2>Silence"), page);

    String console = ConsoleSummary.of(model, directory).replace("\n  ", " ");
    String line =
        "netty, 1,000 idle connections: 4 KB each, CPU 20 µs each per second, 2,000/s connects,"
            + " kernel 10 KB each";
    assertTrue(console.contains(line), console);
    assertTrue(
        console.contains(
            "With 3,000 silent connections each one costs 4 KB of memory and 20 µs of CPU a second"
                + " in memory, opened at 2,000/s."),
        console);

    JsonNode idle = JSON.readTree(SummaryJson.of(model)).get("idle");
    assertEquals(2, idle.size());
    assertEquals(1_000, idle.get(0).get("connections").asInt());
    assertEquals(4_096, idle.get(0).get("memoryBytes").asDouble());
    assertEquals(20_000, idle.get(0).get("cpuNanosPerSecond").asDouble());
    assertTrue(idle.get(0).get("cpuNanosLow").isNull());
  }

  /** The larger phase is that of a run which is not to be believed. */
  @Test
  void theFindingIsThatOfTheLargestValidPhase() throws IOException {
    String sentence =
        new Runs(directory)
            .idle("netty", 1_000)
            .idle("other", 5_000)
            .comparedWithInvalid("other")
            .finding()
            .sentence();
    assertTrue(
        sentence.matches("With 1,000 silent connections each one costs .+ in memory.*\\."),
        sentence);
  }

  @Test
  void runsWithoutSilenceSayNothingOfIt() throws IOException {
    ReportModel model = new Runs(directory).inMemory("netty").compared();

    assertFalse(HtmlPage.of(model).contains("Idle connections"));
    assertFalse(SummaryJson.of(model).contains("\"idle\""));
  }

  /** 4 KB for each connection, and 5 KB for each of the 2,000 that the second phase has more. */
  private ReportModel model() throws IOException {
    Path run = new Runs(directory).idle("netty").directories().get(0);
    Path file = run.resolve("run.json");
    JsonNode json = JSON.readTree(file.toFile());
    for (JsonNode phase : json.get("phases")) {
      int connections = phase.at("/phase/subscribers").asInt();
      ObjectNode target = (ObjectNode) phase.get("target");
      double held = 100e6 + 3_072.0 * connections + 1_024.0 * (connections - 1_000);
      ObjectNode counters = target.putObject("counters");
      double grown = 3_072.0 * connections;
      put(counters, IdleCounter.RESIDENT_BEFORE, held - grown);
      put(counters, IdleCounter.RESIDENT_AFTER, held);
      put(counters, IdleCounter.HEAP_BEFORE, 1e6);
      put(counters, IdleCounter.HEAP_AFTER, 1e6 + 1_024.0 * connections);
      put(counters, IdleCounter.SHARE_BEFORE, 0.004);
      target.put("wallNanos", 10_000_000_000L);
      target.putObject("cpuNanosByGroup").put("loops", 200_000L * connections);
      ObjectNode load = (ObjectNode) phase.at("/load/counters");
      put(load, IdleCounter.OPENING_NANOS, connections * 5e5);
      put(load, IdleCounter.SOCKET_SLAB_BYTES, 10_240.0 * connections);
      put(load, IdleCounter.SOCKET_BUFFER_BYTES, 0);
      put(load, IdleCounter.RECEIVED_BYTES, 2.0 * connections);
    }
    JSON.writeValue(file.toFile(), json);
    return ReportModel.of(List.of(RunReader.read(run)), PriceList.shipped());
  }

  private static void put(ObjectNode counters, IdleCounter counter, double value) {
    counters.put(counter.key(), value);
  }
}
