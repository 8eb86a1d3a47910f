package dev.fanbench.reports.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanbench.reports.ReportWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The page of the published runs, six of them, on a desk, on a telephone and on paper. */
class PublishedInChromiumTest {

  @TempDir private static Path directory;
  private static Path page;
  private static Chromium chromium;

  @BeforeAll
  static void writeThePageAndStart() throws Exception {
    List<Path> runs = new ArrayList<>();
    try (Stream<Path> published = Files.list(Path.of("published"))) {
      published.filter(run -> run.toString().contains("-default-")).sorted().forEach(runs::add);
    }
    page = ReportWriter.write(runs, directory.resolve("site")).page();
    chromium = Chromium.start();
  }

  @AfterAll
  static void stop() throws Exception {
    if (chromium != null) {
      chromium.close();
    }
  }

  @ParameterizedTest
  @CsvSource({"1280, 800", "390, 844"})
  void theFirstScreenHasTheFindingTheVerdictsAndTheWholeChart(int width, int height)
      throws Exception {
    chromium.screen(width, "light");
    chromium.open(page);
    JsonNode bottoms =
        chromium.evaluate(
            "['h1', '.answers', '#fan-out .chart'].map("
                + "s => document.querySelector(s).getBoundingClientRect().bottom)");
    assertTrue(bottoms.get(0).asInt() < bottoms.get(1).asInt(), bottoms::toString);
    assertTrue(bottoms.get(1).asInt() < bottoms.get(2).asInt(), bottoms::toString);
    assertTrue(bottoms.get(2).asInt() <= height, bottoms::toString);
  }

  @ParameterizedTest
  @CsvSource({"1280", "390"})
  void eachSectionHasALinkThatStaysInSight(int width) throws Exception {
    chromium.screen(width, "light");
    chromium.open(page);
    assertEquals(
        chromium.evaluate("[...document.querySelectorAll('main > section[id]')].map(s => s.id)"),
        chromium.evaluate(
            "[...document.querySelectorAll('nav a')].map(a => a.getAttribute('href').slice(1))"));
    JsonNode hidden =
        chromium.evaluate(
            "(nav => nav.scrollWidth > nav.clientWidth)(document.querySelector('nav'))");
    assertEquals(width < 640, hidden.asBoolean(), "the links scroll on a telephone only");
    JsonNode places =
        chromium.evaluate(
            """
            document.querySelector('nav a[href="#cost"]').click();
            [document.querySelector('nav').getBoundingClientRect().top,
              document.querySelector('nav').getBoundingClientRect().bottom,
              document.querySelector('#cost h2').getBoundingClientRect().top]""");
    assertEquals(0, places.get(0).asInt(), places::toString);
    assertTrue(places.get(1).asInt() <= places.get(2).asInt(), places::toString);
  }

  @ParameterizedTest
  @CsvSource({"390, light", "390, dark", "1280, light", "1280, dark"})
  void axeFindsNoViolation(int width, String scheme) throws Exception {
    chromium.screen(width, scheme);
    chromium.open(page);
    assertEquals(List.of(), chromium.axe());
    chromium.assertQuiet(page);
  }

  @Test
  void sixRunsPrintOnTenPages() throws Exception {
    chromium.screen(1280, "light");
    chromium.open(page);
    JsonNode print = chromium.call("Page.printToPDF", Map.of("preferCSSPageSize", true));
    String pdf =
        new String(
            Base64.getDecoder().decode(print.get("data").asText()), StandardCharsets.ISO_8859_1);
    long pages = Pattern.compile("/Type\\s*/Page\\b").matcher(pdf).results().count();
    assertTrue(pages <= 10, pages + " pages");
  }

  /** The sections that print leaves out are named in print, and not on a screen. */
  @Test
  void paperSaysThatThePageHasMore() throws Exception {
    chromium.screen(1280, "light");
    chromium.open(page);
    String shown =
        "['.paper-only', '#counters', '#fan-out'].map("
            + "s => document.querySelector(s).checkVisibility())";
    assertEquals("[false,true,true]", chromium.evaluate(shown).toString());
    chromium.call("Emulation.setEmulatedMedia", Map.of("media", "print"));
    assertEquals("[true,false,true]", chromium.evaluate(shown).toString());
    chromium.call("Emulation.setEmulatedMedia", Map.of("media", ""));
  }
}
