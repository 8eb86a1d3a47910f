package dev.fanbench.reports.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.reports.CompareCommand;
import dev.fanbench.reports.Runs;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The page of {@code compare} as its reader has it. */
class ChangeInChromiumTest {

  private static final String EVIL = "x</title><img src='http://127.0.0.1:1/'>";

  @TempDir private static Path directory;
  private static Path page;
  private static Chromium chromium;

  @BeforeAll
  static void compareAndStart() throws Exception {
    Path base = directory.resolve("base");
    Path now = directory.resolve("new");
    for (int day = 1; day <= 3; day++) {
      new Runs(base).on("2026-11-0" + day).inMemory(EVIL);
      new Runs(now).on("2026-11-0" + day).serverless(EVIL);
    }
    Path site = directory.resolve("site");
    int exit =
        new CommandLine(new CompareCommand())
            .execute(base.toString(), now.toString(), "--out", site.toString());
    assertEquals(99, exit);
    page = site.resolve("compare.html");
    chromium = Chromium.start();
  }

  @AfterAll
  static void stop() throws Exception {
    chromium.close();
  }

  @Test
  void namesAreTextAndNothingIsFetched() throws Exception {
    chromium.screen(1280, "light");
    chromium.open(page);
    chromium.assertQuiet(page);
    assertEquals(0, chromium.evaluate("document.querySelectorAll('img').length").asInt());
    String finding = chromium.evaluate("document.querySelector('h1').textContent").asText();
    assertTrue(finding.startsWith(EVIL + ": p50.lastDelivery@fanout-100: slower, "), finding);
  }

  /** Connect, echo, chat and three rooms; each with two curves and two bands. */
  @Test
  void eachPhaseHasOneChartWithBothCurvesAndTheirBands() throws Exception {
    chromium.screen(1280, "light");
    chromium.open(page);
    assertEquals(6, chromium.evaluate("document.querySelectorAll('.chart').length").asInt());
    for (String drawn : List.of(".curve.t0", ".curve.t1", ".band.t0", ".band.t1")) {
      String paths = "document.querySelectorAll('.chart path%s').length".formatted(drawn);
      assertEquals(6, chromium.evaluate(paths).asInt(), drawn);
    }
    String bars = "document.querySelectorAll('td.change svg').length";
    String lines = "document.querySelectorAll('tbody tr').length";
    assertEquals(chromium.evaluate(lines).asInt(), chromium.evaluate(bars).asInt());
  }

  /** The marks of a chart tell the same percentile as the table's line for it. */
  @Test
  void marksTellTheFiguresOfTheTable() throws Exception {
    chromium.screen(1280, "light");
    chromium.open(page);
    String mark =
        chromium
            .evaluate(
                """
                [...document.querySelectorAll('.chart')]
                  .find(c => c.innerHTML.includes('lastDelivery@fanout-100'))
                  .querySelector('use title').textContent""")
            .asText();
    String cell =
        chromium.evaluate("document.querySelector('tbody td:nth-child(3)').textContent").asText();
    String value = cell.split(" ± ", 2)[0];
    assertTrue(mark.startsWith("base, p50: " + value), mark + " and " + cell);
  }

  @ParameterizedTest
  @CsvSource({"1280, light", "1280, dark", "390, light", "390, dark"})
  void axeFindsNoViolationAndNothingIsTooWide(int width, String scheme) throws Exception {
    chromium.screen(width, scheme);
    chromium.open(page);
    assertEquals(List.of(), chromium.axe());
    assertTrue(chromium.evaluate("document.documentElement.scrollWidth <= " + width).asBoolean());
  }
}
