package dev.fanbench.reports.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.reports.Runs;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The headline answers the question in the first comment of the scenario's workload file. */
class ScenarioFindingTest {
  private static final String TIME = "[0-9.]+ [µm]s";
  private static final String RATIO = "[0-9.]+×(, [0-9.]+ to [0-9.]+×)?";

  @TempDir private Path directory;
  private Runs runs;

  @BeforeEach
  void startWithoutRuns() {
    runs = new Runs(directory);
  }

  @Test
  void payloadsSaysFromWhichSizeOn() throws IOException {
    Finding finding = runs.ofSizes().compared().finding();
    String beside = " \\(" + TIME + " at 64 B, " + TIME + " at 16 KB, so " + RATIO + "\\)";
    assertMatches(
        "Half of the time the last of 100 subscribers sees a message later from 16 KB in memory"
            + beside
            + " and from 16 KB on serverless"
            + beside
            + "\\.",
        finding.sentence());
    assertMatches(
        "CPU for each delivery at 64 B, 1 KB and 16 KB: .* in memory; .* on serverless\\.",
        finding.detail());
  }

  @Test
  void roomsSaysHowMuchLaterTheLastOfOneRoomIs() throws IOException {
    Finding finding = runs.inRooms("netty").compared().finding();
    assertMatches(
        "Half of the time the last subscriber in one room of 200 saw the message within "
            + TIME
            + " in memory \\(in 20 rooms of 10: "
            + TIME
            + ", so "
            + RATIO
            + "\\)\\.",
        finding.sentence());
    assertMatches(
        "CPU for each delivery in 20 rooms of 10 and in one room of 200: .* in memory\\.",
        finding.detail());
  }

  @Test
  void soakSaysWhetherAnythingGrows() throws IOException {
    Finding finding = runs.soaked("netty", 6).compared().finding();
    assertMatches(
        "In 6 equal phases of 4 s nothing grew in memory \\(p50 "
            + TIME
            + " in the first and "
            + TIME
            + " in the last, "
            + RATIO
            + "\\)\\.",
        finding.sentence());
  }

  @Test
  void fourEqualPhasesAreTooFewToSayWhetherAnythingGrows() throws IOException {
    String sentence = runs.soaked("netty", 4).compared().finding().sentence();
    assertTrue(sentence.startsWith("Half of the time the last of 10 subscribers"), sentence);
  }

  @Test
  void nodesSaysWhatIsMissingAndWhatAnotherNodeCosts() throws IOException {
    Finding finding = runs.onTwoNodes("netty", 0).compared().finding();
    assertMatches(
        "Across nodes no delivery was missing, and half of those to another node came within "
            + TIME
            + " in memory \\(to the publisher's own: "
            + TIME
            + ", so "
            + RATIO
            + "\\)\\.",
        finding.sentence());
    assertMatches("Half of the time the last of 100 subscribers .*", finding.detail());
  }

  @Test
  void nodesCountsDeliveriesThatAreMissing() throws IOException {
    String sentence = runs.onTwoNodes("netty", 1_000).compared().finding().sentence();
    assertTrue(sentence.startsWith("Across nodes 16 of 16,000 deliveries were missing,"), sentence);
  }

  @Test
  void phasesThatDifferInTheirRoomSizesOnlyHaveTheUsualFinding() throws IOException {
    ReportModel usual = runs.inMemory("netty").compared();
    assertEquals(100, usual.headline().orElseThrow().phase().fanOut());
    assertMatches(
        "Half of the time the last of 100 subscribers saw .*", usual.finding().sentence());
  }

  private static void assertMatches(String pattern, String text) {
    assertTrue(text.matches(pattern), text);
  }
}
