package dev.fanbench.reports.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fanbench.reports.Runs;
import dev.fanbench.reports.jmh.JmhFile;
import dev.fanbench.reports.model.ReportModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class MicrobenchmarkSectionTest {

  /** Results of JMH 1.37, without raw data. */
  private static final Path WRITTEN = Path.of("src/test/resources/dev/fanbench/reports/jmh.json");

  @TempDir private Path directory;

  @Test
  void figuresEqualThoseInTheFileToTheDigit() throws IOException {
    JsonNode json = new ObjectMapper().readTree(WRITTEN.toFile());
    List<Element> rows =
        tables(page(WRITTEN)).stream()
            .flatMap(table -> Page.within(table, "tr").stream())
            .filter(row -> !Page.within(row, "td").isEmpty())
            .toList();
    assertEquals(json.size(), rows.size());
    for (int i = 0; i < rows.size(); i++) {
      JsonNode result = json.get(i);
      List<Element> figures = Page.within(rows.get(i), "data");
      assertFigure(result.at("/primaryMetric/score"), 1, figures.get(0));
      assertFigure(result.at("/primaryMetric/scoreError"), 1, figures.get(1));
      JsonNode others = result.get("secondaryMetrics");
      assertFigure(others.at("/delivery/score"), 1, figures.get(2));
      assertFigure(others.at("/delivery/scoreError"), 1, figures.get(3));
      assertFigure(others.at("/loop.cpu/score"), 1, figures.get(4));
      assertFigure(others.at("/loop.cpu/scoreError"), 1, figures.get(5));
      assertFigure(others.at("/gc.alloc.rate.norm/score"), 100, figures.get(6));
      assertFigure(others.at("/gc.alloc.rate.norm/scoreError"), 100, figures.get(7));
      assertEquals(8, figures.size());
      String parameters = Page.within(rows.get(i), "th").get(0).getTextContent();
      assertTrue(parameters.startsWith("inFlight=") || i == rows.size() - 1, parameters);
    }
  }

  private static void assertFigure(JsonNode expected, int parts, Element shown) {
    double value = expected.asDouble() / parts;
    assertEquals(Double.toString(value), shown.getAttribute("value"));
    assertEquals(String.format(Locale.ROOT, "%,.3f", value), shown.getTextContent());
  }

  @Test
  void eachBenchmarkIsATableThatSaysHowItWasMeasured() throws IOException {
    String page = page(WRITTEN);
    assertEquals(
        List.of(
            "BroadcasterBenchmark.publish, avgt, fanOut=100, payloadBytes=64, transport=EPOLL",
            "FloorBenchmark.publish, avgt"),
        tables(page).stream()
            .map(table -> Page.within(table, "caption").get(0).getTextContent())
            .toList());
    assertTrue(page.contains("inFlight=20, kind=JOINED</th>"));
    assertTrue(page.contains("fanOut=100, payloadBytes=64</th>"));
    assertTrue(
        Page.parse(page)
            .text()
            .contains("2 × 3 × 300 ms, OpenJDK 64-Bit Server VM 17.0.15+6-Debian-1deb12u1."));
  }

  @Test
  void whatTheFileSaysCannotBecomeMarkup() throws IOException {
    String evil = Files.readString(WRITTEN).replace("CHANNEL_GROUP", "<b id='x'>&amp;</b>");
    Path file = Files.writeString(directory.resolve("<i>.json"), evil);
    Page page = Page.parse(page(file));
    assertTrue(page.text().contains("kind=<b id='x'>&amp;</b>"));
    assertTrue(page.text().contains("<i>.json"));
  }

  @Test
  void withoutIntervalsThereIsNoOverlap() throws IOException {
    String once =
        Files.readString(WRITTEN)
            .replaceAll("\"scoreError\": [0-9][0-9.e-]*", "\"scoreError\": \"NaN\"");
    String page = page(Files.writeString(directory.resolve("once.json"), once));
    assertFalse(page.contains("<small>overlap</small>"));
    assertTrue(page.contains("<small>no interval</small>"));
    assertTrue(page(WRITTEN).contains("<small>overlap</small>"));
  }

  @Test
  void withoutAFileThereIsNoSuchSection() throws IOException {
    ReportModel comparison = new Runs(directory).inMemory("netty").compared();
    assertFalse(HtmlPage.of(comparison).contains("id=\"jmh\""));
  }

  private String page(Path file) throws IOException {
    ReportModel comparison = new Runs(directory).inMemory("netty").compared();
    return HtmlPage.of(comparison, List.of(), List.of(JmhFile.read(file)));
  }

  private static List<Element> tables(String page) {
    return Page.parse(page).all("section").stream()
        .filter(section -> section.getAttribute("id").equals("jmh"))
        .flatMap(section -> Page.within(section, "table").stream())
        .toList();
  }
}
