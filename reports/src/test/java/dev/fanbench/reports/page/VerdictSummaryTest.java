package dev.fanbench.reports.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.run.Validity.Verdict;
import dev.fanbench.reports.Runs;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page calls a run bad where the exit code does. */
class VerdictSummaryTest {
  @TempDir private Path directory;

  @Test
  void anInvalidFloorIsNamedAndNotBad() throws IOException {
    Runs runs = new Runs(directory).inMemory("netty").unusableFloor(Verdict.INVALID, "too slow");
    Page page = Page.parse(HtmlPage.of(runs.compared()));
    assertEquals("? floor is INVALID", chip(page));
    assertTrue(page.html().contains("<li><b class=\"quiet\">?</b><span><strong>floor</strong>"));
  }

  @Test
  void aTargetBesideItDecides() throws IOException {
    Runs runs =
        new Runs(directory)
            .unusable("netty", Verdict.INVALID, "too slow")
            .unusableFloor(Verdict.INVALID, "too slow");
    assertEquals(
        "✗ netty is INVALID, floor is INVALID", chip(Page.parse(HtmlPage.of(runs.compared()))));
  }

  @Test
  void aFloorThatFailedIsBad() throws IOException {
    Runs runs = new Runs(directory).inMemory("netty").unusableFloor(Verdict.FAILED, "it died");
    assertEquals("✗ floor is FAILED", chip(Page.parse(HtmlPage.of(runs.compared()))));
  }

  private static String chip(Page page) {
    return page.all("ul").stream()
        .filter(list -> list.getAttribute("class").equals("answers"))
        .findFirst()
        .map(list -> Page.within(list, "li").get(0).getTextContent())
        .orElseThrow();
  }
}
