package dev.fanbench.reports.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanbench.measurement.run.Validity.Verdict;
import dev.fanbench.reports.ReportWriter;
import dev.fanbench.reports.Runs;
import dev.fanbench.reports.jmh.JmhFile;
import dev.fanbench.reports.price.PriceList;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
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
import org.junit.jupiter.params.provider.ValueSource;

/** The page as its reader has it: in a real browser, from a file, without a network. */
class PageInChromiumTest {

  @TempDir private static Path directory;
  private static Path page;
  private static Chromium chromium;

  @BeforeAll
  static void writeAPageAndStart() throws Exception {
    Runs runs =
        new Runs(directory)
            .inMemory("netty")
            .serverless("serverless")
            .modelled("aws")
            .unusable("late", Verdict.INVALID, "the load was late")
            .floor();
    JmhFile jmh = JmhFile.read(Path.of("src/test/resources/dev/fanbench/reports/jmh.json"));
    page =
        ReportWriter.write(
                runs.directories(), directory.resolve("site"), PriceList.shipped(), List.of(jmh))
            .page();
    chromium = Chromium.start();
  }

  @AfterAll
  static void stop() throws Exception {
    if (chromium != null) {
      chromium.close();
    }
  }

  @Test
  void asksForNothingButItselfAndComplainsOfNothing() throws Exception {
    show(1280, "light");
    chromium.assertQuiet(page);
  }

  /** Run directories of the first version still make such a page. */
  @Test
  void storedRunsMakeAQuietPageToo() throws Exception {
    List<Path> stored;
    try (Stream<Path> runs =
        Files.list(Path.of("src/test/resources/dev/fanbench/reports/golden/runs"))) {
      stored = runs.sorted().toList();
    }
    Path old = ReportWriter.write(stored, directory.resolve("stored")).page();
    chromium.open(old);
    chromium.assertQuiet(old);
    assertTrue(chromium.evaluate("document.querySelectorAll('figure svg').length").asInt() > 5);
  }

  @Test
  void whatARunIsCalledCannotBecomeMarkup() throws Exception {
    String evil =
        "x</script></style></title><img src='http://127.0.0.1:1/'><script>boom()</script>";
    Runs runs = new Runs(directory.resolve("evil")).inMemory(evil).serverless("\"><b id='b'>");
    Path written = ReportWriter.write(runs.directories(), directory.resolve("evil-site")).page();
    chromium.open(written);
    chromium.assertQuiet(written);
    assertEquals(0, chromium.evaluate("document.querySelectorAll('img, #b').length").asInt());
    assertTrue(chromium.evaluate("document.body.textContent").asText().contains(evil));
  }

  @ParameterizedTest
  @ValueSource(ints = {390, 768, 1280})
  void nothingIsWiderThanTheScreen(int width) throws Exception {
    show(width, "light");
    JsonNode wide =
        chromium.evaluate(
            """
            [...document.querySelectorAll('body *')]
              .filter(e => !e.closest('.scroll, nav') || e.matches('.scroll, nav'))
              .filter(e => e.getBoundingClientRect().right > %d.5)
              .map(e => e.outerHTML.slice(0, 120))"""
                .formatted(width));
    assertEquals("[]", wide.toString());
    JsonNode scrolls =
        chromium.evaluate(
            "document.documentElement.scrollWidth > document.documentElement.clientWidth");
    assertFalse(scrolls.asBoolean());
  }

  /** On a desk every column is in sight, the ratios at the far end included. */
  @Test
  void noTableIsCutOffOnADesk() throws Exception {
    show(1280, "light");
    JsonNode cutOff =
        chromium.evaluate(
            """
            [...document.querySelectorAll('.scroll')]
              .filter(e => e.scrollWidth > e.clientWidth)
              .map(e => e.outerHTML.slice(0, 200))""");
    assertEquals("[]", cutOff.toString());
  }

  @ParameterizedTest
  @CsvSource({"1280, light", "1280, dark", "390, light", "390, dark"})
  void axeFindsNoViolation(int width, String scheme) throws Exception {
    show(width, scheme);
    assertEquals(List.of(), chromium.axe());
  }

  @Test
  void lightAndDarkDiffer() throws Exception {
    String background = "getComputedStyle(document.body).backgroundColor";
    show(1280, "light");
    String light = chromium.evaluate(background).asText();
    show(1280, "dark");
    assertNotEquals(light, chromium.evaluate(background).asText());
  }

  /** Marks of both logarithmic charts lie where the figures inside the page say. */
  @Test
  void marksLieWhereTheEmbeddedFiguresSay() throws Exception {
    show(1280, "light");
    chromium.evaluate(
        """
        figures = JSON.parse(document.getElementById('figures').textContent);
        mark = (section, start) => [...document.querySelectorAll(section + ' use.mark')]
          .find(m => m.querySelector('title').textContent.startsWith(start)).getBBox();
        point = (box, value) => ({at: box.y + box.height / 2, log: Math.log10(value)});
        farthest = points => {
          const low = points.reduce((a, b) => a.log < b.log ? a : b);
          const high = points.reduce((a, b) => a.log > b.log ? a : b);
          const slope = (high.at - low.at) / (high.log - low.log);
          return points.map(p => Math.abs(low.at + slope * (p.log - low.log) - p.at))
            .reduce((a, b) => Math.max(a, b));
        }; true""");
    JsonNode fanOut =
        chromium.evaluate(
            """
            farthest(figures.fanOut.filter(l => l.run == 'netty').flatMap(l => l.lastDelivery.map(
              p => point(mark('#fan-out', `${l.run}, fan-out ${p.fanOut}: p50 ${p.p50.text}`), p.p50.nanos))))""");
    assertTrue(fanOut.asDouble() < 0.6, fanOut::toString);
    JsonNode bills =
        chromium.evaluate(
            """
            farthest(figures.monthlyBills.filter(b => b.connections == 1000 && b.run == 'serverless')
              .flatMap(b => b.rates.map(r => point(
                mark('#cost', `${b.run}, ${r.deliveriesPerSecond.toLocaleString('en')}/s, 1,000`), r.dollars))))""");
    assertTrue(bills.asDouble() < 0.6, bills::toString);
  }

  /** The bars of the CPU chart are as long as the manifests say that their threads ran. */
  @Test
  void barsAreAsLongAsTheEmbeddedManifestsSay() throws Exception {
    show(1280, "light");
    JsonNode bars =
        chromium.evaluate(
            """
            JSON.parse(document.getElementById('manifests').textContent).flatMap(run =>
              run.phases.filter(p => p.phase.name == 'fanout-100').flatMap(p =>
                Object.entries(p.target.cpuNanosByGroup).filter(([g, n]) => g != 'jit' && n > 0).map(([g, n]) => ({
                  nanos: n / p.books.delivered,
                  width: [...document.querySelectorAll('#cpu rect')].find(
                    r => r.textContent.startsWith(`${run.target.label}, ${g}: `)).width.baseVal.value
                }))))""");
    assertTrue(bars.size() >= 9, bars::toString);
    double scale = 0;
    for (JsonNode bar : bars) {
      scale = Math.max(scale, bar.get("width").asDouble() / bar.get("nanos").asDouble());
    }
    for (JsonNode bar : bars) {
      assertEquals(scale * bar.get("nanos").asDouble(), bar.get("width").asDouble(), 1);
    }
  }

  @Test
  void whoHasNoChromiumIsToldWhatToInstall() {
    AssertionError none =
        assertThrows(AssertionError.class, () -> Chromium.program(directory.toString()));
    assertTrue(none.getMessage().endsWith("apt-get install chromium"), none.getMessage());
  }

  @Test
  void printsOnAFewPages() throws Exception {
    show(1280, "dark");
    JsonNode print = chromium.call("Page.printToPDF", Map.of("preferCSSPageSize", true));
    String pdf =
        new String(
            Base64.getDecoder().decode(print.get("data").asText()), StandardCharsets.ISO_8859_1);
    assertTrue(pdf.startsWith("%PDF-"));
    long pages = Pattern.compile("/Type\\s*/Page\\b").matcher(pdf).results().count();
    assertTrue(pages >= 2 && pages <= 16, pages + " pages");
  }

  private static void show(int width, String scheme) throws Exception {
    chromium.screen(width, scheme);
    chromium.open(page);
  }
}
