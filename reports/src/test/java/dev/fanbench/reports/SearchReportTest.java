package dev.fanbench.reports;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fanbench.measurement.search.Judgement;
import dev.fanbench.measurement.search.SearchOutcome;
import dev.fanbench.measurement.search.SearchPurpose;
import dev.fanbench.measurement.search.SearchResult;
import dev.fanbench.measurement.search.SearchStep;
import dev.fanbench.measurement.search.SearchedQuantity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SearchReportTest {

  private static final SearchResult FOUND =
      new SearchResult(
          "netty",
          SearchedQuantity.RATE,
          "100 subscribers",
          "p90.lastDelivery<250ms",
          List.of(
              new SearchStep(40, SearchPurpose.SEARCH, seen(SearchOutcome.SUSTAINED, "12 ms")),
              new SearchStep(80, SearchPurpose.SEARCH, seen(SearchOutcome.MISSED, "<b>312 ms</b>")),
              new SearchStep(40, SearchPurpose.CONFIRM, seen(SearchOutcome.SUSTAINED, "12 ms"))),
          Optional.of(40.0),
          "missed at 80/s: 312 ms",
          Optional.of(SearchOutcome.MISSED),
          true);

  /** After 80/s it sustains nothing any more. */
  private static final SearchResult NOT_RECOVERED =
      new SearchResult(
          "netty",
          SearchedQuantity.RATE,
          "100 subscribers",
          "p90.lastDelivery<250ms",
          List.of(
              step(40, SearchPurpose.SEARCH, SearchOutcome.SUSTAINED),
              step(80, SearchPurpose.SEARCH, SearchOutcome.MISSED),
              step(80, SearchPurpose.SEARCH, SearchOutcome.MISSED),
              step(40, SearchPurpose.RECHECK, SearchOutcome.MISSED),
              step(40, SearchPurpose.RECHECK, SearchOutcome.MISSED)),
          Optional.empty(),
          "sustained 40/s before, no longer after 80/s: the target did not recover",
          Optional.of(SearchOutcome.MISSED),
          false);

  /** No run of 80/s was long enough to tell. */
  private static final SearchResult UNDECIDED =
      new SearchResult(
          "netty",
          SearchedQuantity.RATE,
          "100 subscribers",
          "p90.lastDelivery<250ms",
          List.of(
              step(40, SearchPurpose.SEARCH, SearchOutcome.SUSTAINED),
              step(80, SearchPurpose.SEARCH, SearchOutcome.UNDECIDED),
              step(40, SearchPurpose.CONFIRM, SearchOutcome.SUSTAINED)),
          Optional.of(40.0),
          "undecided at 80/s: 240 to 260 ms",
          Optional.of(SearchOutcome.UNDECIDED),
          true);

  @TempDir private Path directory;

  @Test
  void pageTextAndJsonTellTheSameAnswer() throws IOException {
    Path run = new Runs(directory).inMemory("netty").directories().get(0);
    Path site = directory.resolve("site");
    Report report = ReportWriter.write(List.of(FOUND), List.of(run), site);
    String sentence =
        "netty, 100 subscribers, p90.lastDelivery<250ms: 40/s, sustained in 5 of 5 more runs. Limit:"
            + " missed at 80/s: 312 ms; at the answer the target kept 0.97 cores busy.";
    assertEquals(sentence, FOUND.sentence());
    String page = Files.readString(report.page());
    assertTrue(page.contains(sentence.replace("<", "&lt;")), page);
    assertTrue(page.contains("&lt;b&gt;312 ms&lt;/b&gt;"), "untrusted text is escaped");
    assertTrue(Files.readString(site.resolve("search.md")).startsWith("## netty, 100 subscribers"));
    JsonNode json = new ObjectMapper().readTree(site.resolve("search.json").toFile());
    assertEquals(40, json.at("/searches/0/answer").asDouble());
    assertEquals(40, json.at("/searches/0/largestSustained/load").asDouble());
    assertTrue(json.at("/searches/0/recovered").asBoolean());
    assertEquals(sentence, json.at("/searches/0/sentence").asText());
    assertEquals(3, json.at("/searches/0/steps").size());
  }

  @Test
  void aTargetThatDidNotRecoverHasItsLargestLoadOnPageInTextAndJson() throws IOException {
    Path run = new Runs(directory).inMemory("netty").directories().get(0);
    Path site = directory.resolve("site");
    Report report = ReportWriter.write(List.of(NOT_RECOVERED), List.of(run), site);
    String sentence =
        "40/s, sustained in 1 of 1 runs until 80/s was offered, and not confirmed. The target did not"
            + " recover: it sustained 40/s in 0 of 2 runs after that.";
    assertTrue(NOT_RECOVERED.sentence().contains(sentence), NOT_RECOVERED.sentence());
    assertTrue(Files.readString(report.page()).contains(sentence));
    assertTrue(Files.readString(site.resolve("search.md")).contains(sentence));
    JsonNode json = new ObjectMapper().readTree(site.resolve("search.json").toFile());
    JsonNode search = json.at("/searches/0");
    assertTrue(search.get("answer").isNull());
    assertFalse(search.get("recovered").asBoolean());
    assertEquals(
        "{\"load\":40.0,\"sustained\":1,\"runs\":1,\"runsAfter\":2,\"overload\":80.0}",
        search.get("largestSustained").toString());
    assertTrue(search.get("sentence").asText().contains(sentence));
  }

  @Test
  void anAnswerBelowAnUndecidedLoadIsALowerBoundEverywhere() throws IOException {
    Path run = new Runs(directory).inMemory("netty").directories().get(0);
    Path site = directory.resolve("site");
    Report report = ReportWriter.write(List.of(UNDECIDED), List.of(run), site);
    String sentence =
        "at least 40/s, more is undecided, sustained in 5 of 5 more runs. Limit: undecided at 80/s:"
            + " 240 to 260 ms; at the answer the target kept 0.97 cores busy.";
    assertTrue(UNDECIDED.sentence().contains(sentence), UNDECIDED.sentence());
    assertTrue(Files.readString(report.page()).contains(sentence));
    assertTrue(Files.readString(site.resolve("search.md")).contains(sentence));
    JsonNode search =
        new ObjectMapper().readTree(site.resolve("search.json").toFile()).at("/searches/0");
    assertTrue(search.get("undecided").asBoolean());
    assertFalse(search.get("loadBound").asBoolean());
    assertEquals("UNDECIDED", search.at("/steps/1/outcome").asText());
  }

  private static SearchStep step(double load, SearchPurpose purpose, SearchOutcome outcome) {
    return new SearchStep(load, purpose, seen(outcome, "12 ms"));
  }

  private static Judgement seen(SearchOutcome outcome, String observed) {
    return new Judgement(outcome, observed, Optional.of(0.97));
  }
}
