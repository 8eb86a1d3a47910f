package dev.fanbench.reports.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fanbench.reports.Runs;
import dev.fanbench.reports.export.SummaryJson;
import dev.fanbench.reports.model.ReportModel;
import dev.fanbench.reports.model.SettingCost;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class SettingsSectionTest {

  @TempDir private Path directory;

  @Test
  void runsThatDifferInASettingAreSideBySide() throws IOException {
    ReportModel comparison =
        new Runs(directory)
            .inMemory("netty")
            .serverlessWith("cleanup", "on-gone", 0)
            .serverlessWith("cleanup", "none", 10)
            .compared();

    Element section =
        Page.parse(HtmlPage.of(comparison)).all("section").stream()
            .filter(each -> each.getAttribute("id").equals("settings"))
            .findFirst()
            .orElseThrow();
    List<String> lines = Page.within(section, "tr").stream().map(Element::getTextContent).toList();
    // For each of three fan-outs a heading, and a line for each serverless run.
    assertEquals(9, lines.size());
    String lost = lines.get(8);
    assertTrue(lost.contains("cleanup=none"), lost);
    assertTrue(lost.contains("not delivered"), lost);
    assertTrue(lost.contains("1,600 of 16,000 (10 %)"), lost);
    JsonNode last = new ObjectMapper().readTree(SummaryJson.of(comparison)).at("/settings/5");
    assertEquals("cleanup=none", last.get("differs").asText());
    assertEquals(3.0, last.get("storeCallsPerPublication").asDouble());
    assertEquals(0.5, last.get("gonePerPublication").asDouble());
    assertEquals(1_600, last.get("missing").asLong());
  }

  @Test
  void onlyWhatIsNotAsInMostRunsIsNamed() throws IOException {
    ReportModel comparison =
        new Runs(directory)
            .serverlessWith("cleanup", "on-gone", 0)
            .serverlessWith("cleanup", "on-gone", 0)
            .serverlessWith("cleanup", "none", 0)
            .compared();

    assertEquals(
        List.of("as most", "as most", "cleanup=none"),
        comparison.settings().subList(0, 3).stream().map(SettingCost::settings).toList());
  }

  @Test
  void runsOfDifferentTargetsHaveNoSettingsToCompare() throws IOException {
    ReportModel comparison =
        new Runs(directory).inMemory("netty").serverlessWith("cleanup", "none", 0).compared();

    assertEquals(List.of(), comparison.settings());
  }
}
