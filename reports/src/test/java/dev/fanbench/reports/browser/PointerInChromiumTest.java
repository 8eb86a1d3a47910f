package dev.fanbench.reports.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import dev.fanbench.reports.ReportWriter;
import dev.fanbench.reports.Runs;
import dev.fanbench.reports.model.BlockMeasure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The figures under a pointer, in a real browser. */
class PointerInChromiumTest {

  private static final String OVER_TIME = "#over-time .chart";

  @TempDir private static Path directory;
  private static Path page;
  private static Chromium chromium;

  @BeforeAll
  static void writeAPageAndStart() throws Exception {
    Runs runs = new Runs(directory).inMemory("netty").serverless("serverless").floor();
    page = ReportWriter.write(runs.directories(), directory.resolve("site")).page();
    chromium = Chromium.start();
  }

  @AfterAll
  static void stop() throws Exception {
    if (chromium != null) {
      chromium.close();
    }
  }

  @BeforeEach
  void open() throws IOException {
    chromium.call("Emulation.setScriptExecutionDisabled", Map.of("value", false));
    chromium.screen(1280, "light");
    chromium.open(page);
  }

  @AfterEach
  void nothingWasAskedForAndNothingFailed() {
    assertEquals(1, chromium.requests().size());
    assertEquals(List.of(), chromium.complaints());
  }

  @Test
  void aPointOfTheFanOutCurveTellsItsFigures() throws Exception {
    JsonNode point =
        chromium.evaluate(
            """
            JSON.parse(document.getElementById('figures').textContent).fanOut
              .find(line => line.run == 'netty').lastDelivery.find(p => p.fanOut == 100)""");
    moveTo("#fan-out .chart use[x='%s']".formatted(placeOfFanOut(100)), 0.5);
    String told = told("#fan-out .values");
    assertTrue(told.contains("netty, fan-out 100: p50 " + point.at("/p50/text").asText()), told);
    assertTrue(told.contains("serverless, fan-out 100: p50 "), told);
  }

  private static String placeOfFanOut(int fanOut) throws IOException {
    return chromium
        .evaluate(
            """
            [...document.querySelectorAll('#fan-out use')]
              .find(m => m.textContent.startsWith('netty, fan-out %d:')).getAttribute('x')"""
                .formatted(fanOut))
        .asText();
  }

  /** The time charts have one cursor: what one shows of a moment, the other shows too. */
  @Test
  void chartsOfOnePhaseShareTheirCursor() throws Exception {
    moveTo(OVER_TIME, 0.5);
    int charts = chromium.evaluate(shown(OVER_TIME)).asInt();
    assertTrue(charts >= 5, charts + " charts");
    assertEquals(charts, chromium.evaluate(shown("#over-time .cursor")).asInt());
    assertTrue(told("#over-time .values").contains("netty: publication "));
    moveTo("h1", 0.5);
    assertEquals(0, chromium.evaluate(shown("#over-time .cursor")).asInt());
  }

  @Test
  void aRunCanBeSwitchedOffAndOn() throws Exception {
    String serverless = shown("#over-time [data-run=serverless]");
    String button = "document.querySelector('#over-time [data-name=serverless] button')";
    int drawn = chromium.evaluate(serverless).asInt();
    assertTrue(drawn > 0);
    chromium.evaluate(button + ".click()");
    assertEquals(0, chromium.evaluate(serverless).asInt());
    assertEquals("false", chromium.evaluate(button + ".ariaPressed").asText());
    moveTo(OVER_TIME, 0.5);
    assertTrue(!told("#over-time .values").contains("serverless"), told("#over-time .values"));
    chromium.evaluate(button + ".click()");
    assertEquals(drawn, chromium.evaluate(serverless).asInt());
    assertEquals(List.of(), chromium.axe());
  }

  /** A second of a phase of three fills the chart, and its dots stand where they did in time. */
  @Test
  void aDragLooksCloserAndTheButtonGoesBack() throws Exception {
    drag(OVER_TIME, 0.4, 0.6);
    assertEquals(
        chromium.evaluate(shown(OVER_TIME)), chromium.evaluate(shown("#over-time .zoomed")));
    double wide = chromium.evaluate(width()).asDouble();
    assertEquals(5, wide, 0.1);
    String ticks =
        chromium
            .evaluate(
                "[...document.querySelectorAll('#over-time .more text')].map(t => t.textContent).join()")
            .asText();
    assertTrue(ticks.contains("1.6 s"), ticks);
    chromium.evaluate("document.querySelector('#over-time .whole').click()");
    assertEquals(0, chromium.evaluate(shown("#over-time .zoomed")).asInt());
    assertEquals(1, chromium.evaluate(width()).asDouble(), 0.01);
  }

  /** The width of the whole drawing over that of the visible part. */
  private static String width() {
    return """
        (() => {
          const svg = document.querySelector('#over-time .fluid');
          return svg.querySelector(':scope > svg > svg').width.baseVal.value
            / svg.getBoundingClientRect().width;
        })()""";
  }

  @Test
  void withoutScriptsEveryFigureIsThere() throws Exception {
    String drawings =
        "[...document.querySelectorAll('figure svg.fluid')].filter(s => s.getBoundingClientRect().width > 100).length";
    int all = chromium.evaluate(drawings).asInt();
    chromium.call("Emulation.setScriptExecutionDisabled", Map.of("value", true));
    chromium.open(page);
    assertEquals(all, chromium.evaluate(drawings).asInt());
    assertEquals(
        0, chromium.evaluate("document.querySelectorAll('.under, button').length").asInt());
    chromium.call("Emulation.setScriptExecutionDisabled", Map.of("value", false));
  }

  private static void moveTo(String selector, double share) throws IOException {
    double[] at = place(selector, share);
    chromium.mouse("mouseMoved", at[0], at[1]);
  }

  private static void drag(String selector, double from, double to) throws IOException {
    // Shares of the plot, which begins and ends within the chart.
    double[] start = place(selector + " .under", from);
    double[] end = place(selector + " .under", to);
    chromium.mouse("mouseMoved", start[0], start[1]);
    chromium.mouse("mousePressed", start[0], start[1]);
    chromium.mouse("mouseMoved", end[0], end[1]);
    chromium.mouse("mouseReleased", end[0], end[1]);
  }

  private static double[] place(String selector, double share) throws IOException {
    JsonNode at =
        chromium.evaluate(
            """
            (() => {
              const element = document.querySelector("%s");
              element.scrollIntoView({block: 'center'});
              const box = element.getBoundingClientRect();
              return [box.left + %s * box.width, box.top + box.height / 2];
            })()"""
                .formatted(selector, share));
    return new double[] {at.get(0).asDouble(), at.get(1).asDouble()};
  }

  private static String told(String selector) throws IOException {
    return chromium
        .evaluate(
            "[...document.querySelectorAll('%s')].filter(v => !v.hidden).map(v => v.innerText).join('|')"
                .formatted(selector))
        .asText();
  }

  private static String shown(String selector) {
    return "[...document.querySelectorAll('%s')].filter(e => !e.hasAttribute('hidden')).length"
        .formatted(selector);
  }

  /** The default workload's page has room for what else a page may hold. */
  @Test
  void thePublishedRunsFitIntoThreeHundredKilobytes() throws Exception {
    List<Path> published;
    try (Stream<Path> runs = Files.list(Path.of("published"))) {
      published = runs.filter(run -> run.toString().contains("-default-")).sorted().toList();
    }
    Path written = ReportWriter.write(published, directory.resolve("published")).page();
    assertTrue(Files.size(written) <= 300 * 1024, () -> written.toFile().length() + " bytes");
    chromium.open(written);
    String titles =
        chromium
            .evaluate(
                "[...document.querySelectorAll('#over-time svg[role]')].map(s => s.getAttribute('aria-label')).join()")
            .asText();
    for (BlockMeasure measure : BlockMeasure.values()) {
      assertTrue(titles.contains(measure.words()), titles);
    }
  }
}
