package dev.fanbench.reports.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.reports.Runs;
import dev.fanbench.reports.export.ServerJson;
import dev.fanbench.reports.page.HtmlPage;
import dev.fanbench.reports.readme.ServerMarkdown;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServerTableTest {
  @TempDir private Path directory;

  private ReportModel servers() throws IOException {
    return new Runs(directory).floorOfServers().server("nats").server("ws").compared();
  }

  @Test
  void eachServerHasALineAndTheFloorIsLast() throws IOException {
    ServerTable table = ServerTable.of(servers()).orElseThrow();
    assertEquals("10 publications a second to 100 subscribers", table.single());
    assertEquals("20 publications a second to 100 subscribers", table.flood());
    List<ServerRow> rows = table.rows();
    assertEquals(3, rows.size());
    assertEquals("floor", rows.get(2).name());
    assertTrue(rows.get(0).flood().lastNanos() <= rows.get(1).flood().lastNanos());
    ServerRow row = rows.get(0);
    assertEquals("1.2.3", row.version());
    assertEquals("all 20,000", row.reach());
    assertEquals(0, row.outOfOrder());
    assertEquals("15 µs", row.flood().cpu());
    assertEquals("3.41×", row.flood().overFloor());
    assertTrue(row.single().last().endsWith(" ms"), row.single().last());
  }

  @Test
  void runsWithoutServersOfOthersHaveNoTable() throws IOException {
    ReportModel chats = new Runs(directory).atTwoRates("netty").compared();
    assertTrue(ServerTable.of(chats).isEmpty());
    assertTrue(!HtmlPage.of(chats).contains("Server by server"));
  }

  @Test
  void aFloorThatIsNotValidIsNoMeasure() throws IOException {
    ReportModel late =
        new Runs(directory).floorOfServers().server("nats").comparedWithInvalid("floor");
    List<ServerRow> rows = ServerTable.of(late).orElseThrow().rows();
    assertEquals(List.of("nats"), rows.stream().map(ServerRow::name).toList());
    assertEquals(ServerRow.UNKNOWN, rows.get(0).flood().overFloor());
  }

  @Test
  void thePageHasTheTable() throws IOException {
    assertTrue(HtmlPage.of(servers()).contains("<h2>Server by server</h2>"));
  }

  @Test
  void thePublishedFileIsTheTable() throws IOException {
    ServerTable table = ServerTable.of(servers()).orElseThrow();
    assertEquals(table, ServerJson.read(ServerJson.of(table)));
  }

  @Test
  void theDocumentLinksTheFolderOfEachServer() throws IOException {
    ServerTable table = ServerTable.of(servers()).orElseThrow();
    String text = ServerMarkdown.of(table);
    assertTrue(text.contains("| [nats](../servers/nats) | 1.2.3 | "), text);
    assertTrue(text.contains("| [floor](../servers/floor) | fanbench's | "), text);
  }
}
