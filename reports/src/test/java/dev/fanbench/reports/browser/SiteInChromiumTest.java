package dev.fanbench.reports.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanbench.reports.ReportCommand;
import dev.fanbench.reports.Runs;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

/** The index of a site as its reader has it. */
class SiteInChromiumTest {

  private static final String EVIL = "x</title><img src='http://127.0.0.1:1/'>";

  @TempDir private static Path directory;
  private static Path index;
  private static Chromium chromium;

  @BeforeAll
  static void writeASiteAndStart() throws Exception {
    Runs runs = new Runs(directory.resolve("runs"));
    runs.on("2026-11-20").inMemory("netty").serverless(EVIL);
    runs.on("2026-11-21").inMemory("netty").serverless(EVIL);
    List<String> arguments =
        new ArrayList<>(List.of("--site", directory.resolve("site").toString()));
    runs.directories().forEach(run -> arguments.add(run.toString()));
    assertEquals(0, new CommandLine(new ReportCommand()).execute(arguments.toArray(String[]::new)));
    index = directory.resolve("site/index.html");
    chromium = Chromium.start();
  }

  @AfterAll
  static void stop() throws Exception {
    chromium.close();
  }

  @Test
  void asksForNothingButItselfAndLinksToItsReports() throws Exception {
    chromium.screen(1280, "light");
    chromium.open(index);
    chromium.assertQuiet(index);
    JsonNode links =
        chromium.evaluate("[...document.querySelectorAll('#runs a')].map(a => a.href)");
    assertEquals(4, links.size());
    chromium.open(URI.create(links.get(0).asText()));
    assertEquals(List.of(), chromium.complaints());
    assertTrue(chromium.evaluate("document.querySelectorAll('figure svg').length").asInt() > 5);
  }

  @Test
  void aTrendHasAMarkForEachRun() throws Exception {
    chromium.screen(1280, "light");
    chromium.open(index);
    assertEquals(2, chromium.evaluate("document.querySelectorAll('#trends svg').length").asInt());
    assertEquals(4, chromium.evaluate("document.querySelectorAll('#trends .mark').length").asInt());
    assertTrue(
        chromium
            .evaluate("document.querySelector('#trends .mark title').textContent")
            .asText()
            .startsWith("2026-11-20 21:30:00, revision 366c5a5: "));
  }

  @ParameterizedTest
  @CsvSource({"1280, light", "1280, dark", "390, light", "390, dark"})
  void axeFindsNoViolationAndNothingIsTooWide(int width, String scheme) throws Exception {
    chromium.screen(width, scheme);
    chromium.open(index);
    assertEquals(List.of(), chromium.axe());
    assertTrue(chromium.evaluate("document.documentElement.scrollWidth <= " + width).asBoolean());
  }
}
