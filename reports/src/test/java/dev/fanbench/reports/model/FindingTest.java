package dev.fanbench.reports.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.Validity.Verdict;
import dev.fanbench.reports.Runs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FindingTest {

  @TempDir private Path directory;
  private Runs runs;

  @BeforeEach
  void startWithoutRuns() {
    runs = new Runs(directory);
  }

  @Test
  void twoTargetsGetBothTimesAndTheRatio() throws IOException {
    ReportModel both = runs.serverless("serverless").inMemory("netty").compared();
    assertEquals(
        "Half of the time the last of 100 subscribers saw the message within "
            + text(both, "netty", Percentile.P50)
            + " in memory and "
            + text(both, "serverless", Percentile.P50)
            + " on serverless: "
            + ratio(both, "serverless")
            + " later.",
        both.finding().sentence());
    assertTrue(both.finding().detail().startsWith("Nine times in ten: within "));
    assertEquals(
        "One run each; a range in brackets holds the true value in 99 of 100 cases.",
        both.finding().certainty());
  }

  @Test
  void backgroundLoadIsToldBesideThePhaseWithoutIt() throws IOException {
    Finding finding = runs.churning().compared().finding();
    String times = "[0-9.]+ [µm]s";
    String beside = " \\(without: " + times + ", so [12][0-9.]*×, [0-9.]+ to [0-9.]+×\\)";
    assertTrue(
        finding
            .sentence()
            .matches(
                "With background load \\(20 come and go each second\\), half of the time the last of 100 subscribers saw the message within "
                    + (times + " in memory" + beside)
                    + " and "
                    + (times + " on serverless" + beside)
                    + "\\."),
        finding.sentence());
    assertTrue(
        finding.detail().startsWith("With background load (2 come and go each second), half"),
        finding.detail());
  }

  @Test
  void connectsWaitInLineFromARateOn() throws IOException {
    Finding storm = runs.storm("netty", 50, 100, 200, 400, 800).compared().finding();
    assertTrue(
        storm
            .sentence()
            .matches(
                "Connects wait in line from 400/s in memory \\([0-9.]+ µs at 200/s, [0-9.]+ ms at 400/s\\)\\."),
        storm.sentence());
  }

  @Test
  void connectsThatNeverWaitAreSaidSo() throws IOException {
    Finding calm = runs.storm("netty", 50, 100, 200).compared().finding();
    assertTrue(
        calm.sentence().startsWith("Connects wait in line at no rate in memory ("),
        calm.sentence());
  }

  @Test
  void oneTargetIsNotCompared() throws IOException {
    ReportModel one = runs.inMemory("netty").compared();
    assertTrue(
        one.finding().sentence().endsWith(text(one, "netty", Percentile.P50) + " in memory."));
    assertEquals(
        "One run; a range in brackets holds the true value in 99 of 100 cases.",
        one.finding().certainty());
  }

  @Test
  void threeTargetsAreListedWithTheirRatios() throws IOException {
    ReportModel three = runs.inMemory("netty").serverless("a").serverless("b").compared();
    assertTrue(three.finding().sentence().contains(" in memory, "));
    assertTrue(three.finding().sentence().contains(" on a (" + notes(three, "a") + ")"));
    assertTrue(three.finding().sentence().endsWith(" on b (" + notes(three, "b") + ")."));
  }

  @Test
  void ofManyTargetsTheBestAndTheWorstAreNamed() throws IOException {
    ReportModel six =
        runs.serverless("a")
            .serverless("b")
            .inMemory("netty")
            .serverless("c")
            .serverless("e")
            .dropping("d", 100)
            .compared();
    String sentence = six.finding().sentence();
    assertTrue(
        sentence.endsWith(
            ", with 3 others between; over half of the messages did not reach every subscriber"
                + " on d."),
        sentence);
  }

  @Test
  void assumedLatenciesAreSaidToBe() throws IOException {
    ReportModel three = runs.inMemory("netty").serverless("serverless").modelled("aws").compared();
    String ratio = notes(three, "serverless-aws");
    assertTrue(
        three
            .finding()
            .sentence()
            .endsWith(" on serverless-aws (" + ratio + ", latencies assumed)."),
        three.finding().sentence());
    assertEquals(
        "serverless-aws · emulated, latencies assumed", three.entries().get(2).nameWithLabels());
  }

  @Test
  void theFindingIsOfTheWarmPhaseWhereThereIsAColdOneToo() throws IOException {
    ReportModel both = runs.coldAndWarm("a").coldAndWarm("b").compared();
    assertEquals("echo", both.headline().orElseThrow().phase().name());
  }

  @Test
  void aDifferenceThatOneRunCannotShowIsNotClaimed() throws IOException {
    ReportModel same = runs.inMemory("netty").inMemory("netty").compared();
    assertTrue(same.finding().sentence().endsWith("a difference too small for this run to show."));
    assertTrue(same.finding().sentence().contains("on netty #2"));
  }

  @Test
  void runsThatAreNotValidStayOutOfTheFindingAndOfEveryRatio() throws IOException {
    ReportModel mixed =
        runs.serverless("serverless")
            .unusable("dead", Verdict.FAILED, "target died")
            .floor()
            .compared();
    assertFalse(mixed.finding().sentence().contains("dead"));
    assertFalse(mixed.finding().sentence().contains("floor"));
    for (PhaseComparison phase : mixed.phases()) {
      phase
          .rows()
          .values()
          .forEach(
              rows ->
                  rows.stream()
                      .filter(r -> !r.entry().compared())
                      .forEach(r -> assertFalse(r.ratio().known())));
    }
    assertEquals(1, row(mixed, "serverless").ratio().value(), "the only valid run is the best one");
  }

  @Test
  void noValidRunMeansNoFinding() throws IOException {
    ReportModel none = runs.unusable("netty", Verdict.INVALID, "the load was late").compared();
    assertEquals(
        "No valid run, so nothing is concluded: netty is INVALID.", none.finding().sentence());
  }

  @Test
  void aMessageThatDoesNotReachEverybodyHasNoLastDelivery() throws IOException {
    ReportModel lossy = runs.dropping("lossy", 100).inMemory("netty").compared();
    assertEquals("not delivered", text(lossy, "lossy", Percentile.P50));
    String sentence = lossy.finding().sentence();
    assertTrue(
        sentence.endsWith(
            " in memory; over half of the messages did not reach every subscriber on lossy."),
        sentence);
    DeliveryTotal accounted = lossy.accounted().get(0);
    assertFalse(accounted.clean());
    assertTrue(accounted.missing() > 0);
    assertEquals(accounted.expected(), accounted.delivered() + accounted.missing());
  }

  /** The losses take away the p50, the p90, and neither of both. */
  @ParameterizedTest
  @ValueSource(ints = {100, 700, 5_000})
  void aRunThatLostDeliveriesDoesNotSeeAMessageWithinNotAtAll(int every) throws IOException {
    Finding alone = runs.dropping("lossy", every).compared().finding();
    Finding beside = runs.inMemory("netty").compared().finding();
    for (Finding finding : List.of(alone, beside)) {
      String text = finding.sentence() + " " + finding.detail();
      assertFalse(text.contains("not at all"), text);
      assertFalse(text.contains("within not"), text);
      assertFalse(text.contains("within on"), text);
      assertFalse(text.contains("within ;") || text.contains("within ."), text);
    }
  }

  private static PhaseComparison.Row row(ReportModel comparison, String name) {
    return comparison.headline().orElseThrow().rows(Series.LAST_DELIVERY).stream()
        .filter(r -> r.entry().name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static String text(ReportModel comparison, String name, Percentile rank) {
    return row(comparison, name).distribution().at(rank).brief();
  }

  /** As ratio, with its range behind a comma. */
  private static String notes(ReportModel comparison, String name) {
    return ratio(comparison, name).replace(" (", ", ").replace(")", "");
  }

  private static String ratio(ReportModel comparison, String name) {
    return row(comparison, name).ratio().text();
  }
}
