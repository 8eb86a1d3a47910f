package dev.fanbench.reports.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.reports.Runs;
import dev.fanbench.reports.model.ReportModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class RecoverySectionTest {

  @TempDir private Path directory;
  private ReportModel comparison;

  /** 100 subscribers come back from 1 s to 1.99 s after the loss, ten publications a second. */
  @BeforeEach
  void render() throws IOException {
    comparison = new Runs(directory).interrupted("netty").compared();
  }

  @Test
  void saysWhenEverybodyWasBackAndWhatTheyMissed() {
    List<String> cells =
        Page.within(section("outage"), "td").stream().map(Element::getTextContent).toList();
    assertEquals("killed; up again after 900 ms", cells.get(0));
    assertEquals("1.49 s", cells.get(1));
    assertEquals("–", cells.get(2), "a p99 takes 1,000 samples");
    assertEquals("1.99 s", cells.get(3));
    assertEquals("1.99 s", cells.get(4));
    assertEquals("345", cells.get(5));
    assertEquals("1,540 of 6,000", cells.get(6));
    assertEquals("0 of 60", cells.get(7));
    assertEquals("0", cells.get(8));
  }

  @Test
  void isWhatThePageFinds() {
    assertEquals(
        "100 subscribers lost their connections at once; all were back in their room after"
            + " 1.99 s in memory.",
        comparison.finding().sentence());
    assertEquals(
        "Deliveries to subscribers that were away: 1,540 of 6,000 in memory.",
        comparison.finding().detail());
  }

  @Test
  void saysItOnceForTwo() throws IOException {
    Path both = Files.createDirectory(directory.resolve("both"));
    assertEquals(
        "100 subscribers lost their connections at once; all were back in their room after"
            + " 1.99 s on netty and after 1.99 s on other.",
        new Runs(both).interrupted("netty").interrupted("other").compared().finding().sentence());
  }

  @Test
  void theBooksHaveAColumnForIt() {
    String counts = section("books").getTextContent();
    assertTrue(counts.contains("missed in an outage"), counts);
    assertTrue(
        comparison.accounted().get(0).text().contains("0 missing, 1,540 missed in an outage"),
        comparison.accounted().get(0).text());
  }

  private Element section(String id) {
    return Page.parse(HtmlPage.of(comparison)).all("section").stream()
        .filter(each -> each.getAttribute("id").equals(id))
        .findFirst()
        .orElseThrow();
  }
}
