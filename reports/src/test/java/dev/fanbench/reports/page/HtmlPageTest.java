package dev.fanbench.reports.page;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fanbench.measurement.run.LatencyMap;
import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.PercentileValue;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.Validity.Verdict;
import dev.fanbench.reports.Runs;
import dev.fanbench.reports.export.ConsoleSummary;
import dev.fanbench.reports.export.SummaryJson;
import dev.fanbench.reports.model.ReportModel;
import dev.fanbench.reports.model.Timeline;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;

class HtmlPageTest {

  @TempDir private static Path directory;
  private static ReportModel comparison;
  private static Page page;

  @BeforeAll
  static void renderThreeRuns() throws IOException {
    comparison = new Runs(directory).inMemory("netty").serverless("serverless").floor().compared();
    page = Page.parse(HtmlPage.of(comparison));
  }

  @Test
  void fetchesNothing() {
    for (Element element : page.all("*")) {
      assertFalse(element.hasAttribute("src"), element::getTagName);
      String link = element.getAttribute("href");
      assertTrue(link.isEmpty() || link.startsWith("#"), link);
    }
    assertEquals(3, page.all("script").size());
    String style = page.all("style").get(0).getTextContent();
    assertFalse(style.contains("@import"));
    assertFalse(style.contains("http"));
  }

  @Test
  void everyFigureHasItsSentenceAndNamesEmulatedParts() {
    List<Element> figures = page.all("figure");
    assertTrue(figures.size() >= 5);
    for (Element figure : figures) {
      String caption = Page.within(figure, "figcaption").get(0).getTextContent();
      assertFalse(caption.isBlank());
      assertTrue(caption.contains("Emulated in serverless: API Gateway"), caption);
    }
  }

  @Test
  void everyDrawingSaysWhatItShows() {
    for (Element svg : page.all("svg")) {
      boolean part = svg.getParentNode().getNodeName().matches("svg|g");
      assertTrue(
          part
              || !svg.getAttribute("aria-label").isBlank()
              || svg.getAttribute("aria-hidden").equals("true"));
    }
  }

  @Test
  void chartsShowTheFiguresOfTheJson() throws IOException {
    JsonNode summary = new ObjectMapper().readTree(SummaryJson.of(comparison));
    List<String> titles = page.all("title").stream().map(Element::getTextContent).toList();
    for (JsonNode line : summary.get("fanOut")) {
      for (JsonNode point : line.get("lastDelivery")) {
        String title =
            line.get("run").asText()
                + ", fan-out "
                + point.get("fanOut").asText()
                + ": p50 "
                + point.at("/p50/text").asText()
                + ", p90 "
                + point.at("/p90/text").asText();
        assertTrue(titles.contains(title), title);
      }
    }
  }

  /** The page's script reads values from drawings, so the drawings have to hold them. */
  @Test
  void dotsAreThePublicationsToTheUnit() {
    for (Timeline timeline : comparison.timelines()) {
      List<Timeline.Dot> drawn = dots(timeline.entry().name());
      List<Timeline.Dot> recorded = timeline.dots().toList();
      assertEquals(recorded.size(), drawn.size());
      for (int i = 0; i < drawn.size(); i++) {
        assertEquals(recorded.get(i).seconds(), drawn.get(i).seconds(), 6e-4);
        assertTrue(Math.abs(recorded.get(i).nanos() - drawn.get(i).nanos()) <= 1_000);
      }
    }
  }

  private static List<Timeline.Dot> dots(String run) {
    Element path =
        page.all("path").stream()
            .filter(p -> p.getAttribute("data-name").equals("publication"))
            .filter(p -> group(p).getAttribute("data-run").equals(run))
            .findFirst()
            .orElseThrow();
    String[] units = units(path).split(" ", 2);
    List<Timeline.Dot> dots = new ArrayList<>();
    long x = 0;
    long y = 0;
    Matcher each = Pattern.compile("m(-?\\d+) ?(-?\\d+)h0").matcher(path.getAttribute("d"));
    while (each.find()) {
      x += Long.parseLong(each.group(1));
      y += Long.parseLong(each.group(2));
      dots.add(
          new Timeline.Dot(
              x * Double.parseDouble(units[0]), Math.round(y * Double.parseDouble(units[1]))));
    }
    return dots;
  }

  private static Element group(Element path) {
    Element around = path;
    while (!around.hasAttribute("data-run")) {
      around = (Element) around.getParentNode();
    }
    return around;
  }

  private static String units(Element path) {
    return ((Element) path.getParentNode().getParentNode()).getAttribute("data-units");
  }

  /** Level strokes of a map, drawn together, are as long as the columns that have their rows. */
  @Test
  void mapsHaveACellForEachLatencyOfEachSecond() {
    for (Timeline timeline : comparison.timelines()) {
      double recorded = timeline.latencies().stream().mapToDouble(c -> seconds(timeline, c)).sum();
      Element section =
          page.all("section").stream()
              .filter(each -> each.getAttribute("id").equals("over-time"))
              .findFirst()
              .orElseThrow();
      double drawn =
          Page.within(section, "path").stream()
              .filter(p -> p.getAttribute("class").startsWith("cells "))
              .filter(p -> group(p).getAttribute("data-run").equals(timeline.entry().name()))
              .mapToDouble(HtmlPageTest::seconds)
              .sum();
      assertTrue(recorded > 5, recorded + " seconds");
      assertEquals(recorded, drawn, 0.1);
    }
  }

  private static double seconds(Timeline timeline, LatencyMap.Column column) {
    double last = timeline.dots().mapToDouble(Timeline.Dot::seconds).max().orElseThrow();
    double end = Math.min(Math.ceil(last), timeline.secondsTo(column.endNanos()));
    double wide = Math.max(0, end - timeline.secondsTo(column.startNanos()));
    return wide * column.counts().size();
  }

  private static double seconds(Element cells) {
    double unit = Double.parseDouble(units(cells).split(" ", 2)[0]);
    return Pattern.compile("h(\\d+)")
        .matcher(cells.getAttribute("d"))
        .results()
        .mapToDouble(level -> unit * Long.parseLong(level.group(1)))
        .sum();
  }

  @Test
  void pageJsonAndConsoleSayTheSame() throws IOException {
    JsonNode summary = new ObjectMapper().readTree(SummaryJson.of(comparison));
    String console = ConsoleSummary.of(comparison, Path.of("index.html")).replace("\n  ", " ");
    String sentence = summary.at("/finding/sentence").asText();
    assertEquals(sentence, page.all("h1").get(0).getTextContent());
    assertTrue(console.contains(sentence));
    for (JsonNode phase : summary.get("phases")) {
      if (phase.get("name").asText().equals(summary.get("headlinePhase").asText())) {
        for (JsonNode row : phase.at("/series/lastDelivery")) {
          for (String rank : List.of("p50", "p90")) {
            // The interval stands in a line of its own.
            String shown = row.at("/" + rank + "/text").asText().replace("at most", "≤");
            for (String part : shown.split("[()]", -1)) {
              assertTrue(page.text().contains(part.strip()), () -> part + " in " + row);
              assertTrue(console.contains(part.strip()), () -> part + " in " + row);
            }
          }
        }
      }
    }
    for (JsonNode cpu : summary.get("cpuPerDelivery")) {
      assertTrue(page.text().contains(cpu.get("overFloorText").asText()));
      assertTrue(console.contains(cpu.get("overFloorText").asText()));
    }
  }

  @Test
  void whatOnlyOneOfTheTargetsKeepsIsNamed() {
    assertTrue(page.text().contains("The in-memory server keeps the last 1,000 of a room"));
  }

  @Test
  void manifestsAreEmbedded() throws IOException {
    JsonNode runs = new ObjectMapper().readTree(page.all("script").get(0).getTextContent());
    assertEquals(3, runs.size());
    assertEquals(comparison.entries().get(0).run().id(), runs.at("/0/id").asText());
  }

  @Test
  void everyQuestionOfTheFirstScreenIsAnswered() {
    for (String title :
        List.of(
            "Is a chat round trip a few milliseconds?",
            "Thresholds",
            "Valid?",
            "Every delivery accounted for?",
            "How to read this",
            "Before you believe a number")) {
      assertTrue(page.all("h2").stream().anyMatch(h -> h.getTextContent().equals(title)), title);
    }
  }

  @Test
  void namesAndUrlsCannotInject() throws IOException {
    String evil = "x</script><script>alert(1)</script>\"'&<b>";
    ReportModel injected = new Runs(directory.resolve("evil")).serverless(evil).compared();
    Page safe = Page.parse(HtmlPage.of(injected));
    assertEquals(3, safe.all("script").size());
    assertTrue(safe.all("b").stream().allMatch(b -> b.hasAttribute("class")));
    assertTrue(safe.text().contains(evil));
    JsonNode runs = new ObjectMapper().readTree(safe.all("script").get(0).getTextContent());
    assertEquals(evil, runs.at("/0/target/label").asText());
  }

  @Test
  void runsThatAreNotValidAreHatchedAndLabelled() throws IOException {
    ReportModel mixed =
        new Runs(directory.resolve("mixed"))
            .inMemory("netty")
            .unusable("dead", Verdict.FAILED, "target died")
            .compared();
    Page labelled = Page.parse(HtmlPage.of(mixed));
    assertTrue(
        labelled.all("path").stream().anyMatch(p -> p.getAttribute("class").equals("hatched")));
    assertTrue(labelled.all("span").stream().anyMatch(s -> s.getTextContent().equals("FAILED")));
    assertTrue(labelled.text().contains("target died"));
  }

  @Test
  void aRunWithoutAnyPhaseStillRenders() throws IOException {
    ReportModel none = new Runs(directory.resolve("none")).neverStarted("dead").compared();
    Page rendered = Page.parse(HtmlPage.of(none));
    assertTrue(rendered.text().contains("nothing is concluded"));
    assertTrue(rendered.text().contains("nothing was published"));
  }

  /** One size at several rates says nothing of what a bigger room would cost. */
  @Test
  void aRampOfOneRoomHasNoChartOfSizes() throws IOException {
    ReportModel ramp = new Runs(directory.resolve("ramp")).atTwoRates("netty").compared();
    Page rendered = Page.parse(HtmlPage.of(ramp));
    assertTrue(rendered.text().contains("fanout-100-at-20"));
    assertFalse(rendered.text().contains("The price of a bigger room"));
  }

  @Test
  void aRunCutShortShowsWhatThereIs() throws IOException {
    ReportModel cut = new Runs(directory.resolve("cut")).killed("dead").compared();
    Page rendered = Page.parse(HtmlPage.of(cut));
    assertTrue(rendered.text().contains("FAILED: target died"));
    assertTrue(rendered.text().contains("Fan-out to 100: percentiles"));
    assertTrue(
        rendered.all("path").stream().anyMatch(p -> p.getAttribute("class").equals("hatched")));
  }

  @Test
  void thresholdsAreDashedWhereTheyBelong() {
    List<String> labels =
        page.all("text").stream()
            .filter(t -> t.getAttribute("class").startsWith("slo"))
            .map(Element::getTextContent)
            .toList();
    assertTrue(
        labels.stream().anyMatch(l -> l.startsWith("p90.lastDelivery<5ms")), labels::toString);
    assertTrue(labels.stream().anyMatch(l -> l.startsWith("p99.chat<10ms")), labels::toString);
  }

  @Test
  void percentileChartsMarkTheFiguresOfTheTable() {
    List<String> titles = page.all("title").stream().map(Element::getTextContent).toList();
    comparison
        .headline()
        .orElseThrow()
        .rows(Series.LAST_DELIVERY)
        .forEach(
            row -> {
              PercentileValue p50 = row.distribution().at(Percentile.P50);
              assertTrue(titles.contains(row.entry().name() + ", p50: " + p50.text()), p50.text());
              assertTrue(
                  page.all("td").stream()
                      .anyMatch(c -> c.getTextContent().startsWith(p50.brief())));
            });
  }

  /** Of two targets ten times apart, the faster would be a line on zero. */
  @Test
  void theFirstChartIsLogarithmicWhereTargetsAreFarApart() throws IOException {
    String first = "every delivery: response time (faint: service time)";
    String far = HtmlPage.of(new Runs(directory.resolve("far")).ofSizes().compared());
    assertTrue(far.contains(first + ", logarithmic"), far);
    String near = HtmlPage.of(new Runs(directory.resolve("near")).interrupted("netty").compared());
    assertTrue(near.contains(first) && !near.contains(first + ", logarithmic"), near);
  }

  @Test
  void equalRunsGiveEqualPages() {
    assertEquals(page.html(), HtmlPage.of(comparison));
  }
}
