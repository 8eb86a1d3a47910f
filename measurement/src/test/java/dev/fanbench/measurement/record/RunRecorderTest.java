package dev.fanbench.measurement.record;

import static dev.fanbench.measurement.record.Phases.MILLI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fanbench.measurement.clock.ManualNanoClock;
import dev.fanbench.measurement.run.Arrival;
import dev.fanbench.measurement.run.ArrivalTable;
import dev.fanbench.measurement.run.PhaseProgress;
import dev.fanbench.measurement.run.RecordedPhase;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.RecordedSeries;
import dev.fanbench.measurement.run.Run;
import dev.fanbench.measurement.run.RunDirectory;
import dev.fanbench.measurement.run.RunReader;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.SloVerdict;
import dev.fanbench.measurement.run.UnreadableRunException;
import dev.fanbench.measurement.run.Usage;
import dev.fanbench.measurement.run.Validity;
import dev.fanbench.measurement.run.Validity.Verdict;
import dev.fanbench.measurement.workload.Phase;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.HdrHistogram.EncodableHistogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunRecorderTest {

  private static final Clock WALL =
      Clock.fixed(Instant.parse("2026-11-20T21:30:00.123Z"), ZoneOffset.UTC);
  private static final Validity VALID = new Validity(Verdict.VALID, List.of(), List.of("steal"));

  @TempDir private Path runs;
  private final ManualNanoClock clock = new ManualNanoClock(987_654_321);

  @Test
  void aRunComesBackAsItWasWritten() throws IOException {
    Phase phase = Phases.fanOut(2, 4, 2);
    Usage usage =
        new Usage(Map.of("loops", 2_000L, "gc", 10L), 55, 2_000, "schedstat", Map.of("x", 1.5));
    SloVerdict slo = new SloVerdict("missing==0", "run", true, false, "1 missing");
    Run written;
    try (RunRecorder run = open(phase)) {
      PhaseRecorder recorder = run.begin(phase, 1, 100 * MILLI, ArrivalListener.none());
      drive(run, recorder, 3);
      run.end(usage, null);
      written = run.finish(VALID, List.of(slo));
    }
    RecordedRun read = RunReader.read(runs.resolve("20261120T213000Z-test-netty"));
    assertEquals(written, read.run());
    assertEquals(VALID, read.run().validity());
    RecordedPhase back = read.phase("fanout-2");
    assertEquals(usage, back.result().target());
    assertEquals(7, back.result().deliveryCount().delivered());
    assertEquals(1, back.result().deliveryCount().missing());
    Set<Series> taken = EnumSet.allOf(Series.class);
    taken.removeAll(
        Set.of(Series.TLS_HANDSHAKE, Series.RECONNECT, Series.SAME_NODE, Series.OTHER_NODE));
    // Four deliveries are too few for percentiles of a single subscriber.
    taken.removeAll(Set.of(Series.SUBSCRIBER_P50, Series.SUBSCRIBER_P99));
    assertEquals(taken, back.series().keySet());
    RecordedSeries response = back.series(Series.RESPONSE).orElseThrow();
    assertEquals(7, response.histogram().getTotalCount());
    assertEquals(1, response.undelivered());
    assertEquals(4, response.independent());
    assertEquals(4, response.intervals().size());
    assertEquals(599 * MILLI, response.intervals().get(1).startNanos());
    assertEquals(4, back.arrivals().size());
    assertEquals(
        new Arrival(0, 100 * MILLI, 101 * MILLI, 105 * MILLI, 106 * MILLI, 2, 0, 0),
        back.arrivals().get(0));
    assertEquals(1, back.arrivals().get(3).missing());
    assertEquals(
        Set.of("latency.hlog", "publications.csv", "publications.csv-metadata.json", "run.json"),
        fileNames(read.directory().path()));
  }

  @Test
  void theSchemaOfPublicationsSaysTheMeaningOfEmptyCells() throws IOException {
    Path directory;
    try (RunRecorder run = open(Phases.fanOut(2, 4, 2))) {
      directory = run.directory();
    }
    RunDirectory files = new RunDirectory(directory);
    JsonNode schema = new ObjectMapper().readTree(files.publicationsSchema().toFile());
    assertEquals("publications.csv", schema.get("url").asText());
    Map<String, JsonNode> columns = new LinkedHashMap<>();
    schema.at("/tableSchema/columns").forEach(each -> columns.put(each.get("name").asText(), each));
    assertEquals(ArrivalTable.HEADER, String.join(",", columns.keySet()));
    for (JsonNode column : columns.values()) {
      assertEquals("", column.get("null").asText());
    }
    Map<String, String> meanings =
        Map.of(
            "sent", "the arrival was not sent",
            "first", "it reached no subscriber",
            "last", "it reached no subscriber",
            "lag", "it reached no subscriber, or the load did not record it");
    meanings.forEach(
        (name, meaning) -> {
          String description = columns.get(name).get("dc:description").asText();
          assertTrue(description.endsWith(" Empty: " + meaning + "."), description);
        });
  }

  @Test
  void theLogIsOneThatHdrHistogramReads() throws IOException {
    Phase phase = Phases.fanOut(2, 4, 2);
    Path directory;
    try (RunRecorder run = open(phase)) {
      directory = run.directory();
      drive(run, run.begin(phase, 1, 100 * MILLI, ArrivalListener.none()), -1);
      run.end(null, null);
    }
    Set<String> tags = new TreeSet<>();
    long responses = 0;
    try (HistogramLogReader reader =
        new HistogramLogReader(directory.resolve("latency.hlog").toFile())) {
      for (EncodableHistogram each = reader.nextIntervalHistogram();
          each != null;
          each = reader.nextIntervalHistogram()) {
        tags.add(each.getTag());
        if (each.getTag().equals("fanout-2/response")) {
          responses += ((org.HdrHistogram.Histogram) each).getTotalCount();
        }
        assertTrue(each.getStartTimeStamp() >= WALL.millis());
      }
    }
    assertEquals(
        Set.of(
            "fanout-2/response",
            "fanout-2/service",
            "fanout-2/sendDelay",
            "fanout-2/firstDelivery",
            "fanout-2/lastDelivery",
            "fanout-2/skew",
            "fanout-2/readLag",
            "fanout-2/hiccup"),
        tags);
    assertEquals(8, responses);
  }

  @Test
  void aLateDeliveryOfAnEarlierPhaseIsCountedWhereItArrives() throws IOException {
    Phase first = Phases.echo(1, 1);
    Phase second = Phases.connect(1, 1);
    try (RunRecorder run = open(first, second)) {
      PhaseRecorder earlier = run.begin(first, 3, 0, ArrivalListener.none());
      earlier.sent(0, 0);
      assertEquals(1, run.end(null, null).deliveryCount().missing());
      earlier.deliveries(0).delivered(0, 0, 0, 0, MILLI); // between the phases
      PhaseRecorder later = run.begin(second, 1, 0, ArrivalListener.none());
      assertEquals(3, later.firstPublisher());
      later.deliveries(0).delivered(0, 2, 0, 0, MILLI); // within the second
      assertEquals(2, run.end(null, null).deliveryCount().late());
    }
  }

  @Test
  void aRunThatIsNotFinishedIsFailed() throws IOException {
    Phase phase = Phases.fanOut(2, 4, 2);
    Path directory;
    try (RunRecorder run = open(phase)) {
      directory = run.directory();
      PhaseRecorder recorder = run.begin(phase, 1, 0, ArrivalListener.none());
      recorder.sent(0, 0);
      recorder.deliveries(0).delivered(0, recorder.firstPublisher(), 0, 0, MILLI);
      run.fail("target died");
    }
    RecordedRun read = RunReader.read(directory);
    assertEquals(
        new Validity(Verdict.FAILED, List.of("target died"), List.of()), read.run().validity());
    assertEquals(1, read.phase("fanout-2").result().deliveryCount().missing());
    assertEquals(1, read.phase("fanout-2").series(Series.RESPONSE).orElseThrow().undelivered());
  }

  @Test
  void twoRunsOfOneSecondHaveDirectoriesOfTheirOwn() throws IOException {
    try (RunRecorder one = open(Phases.echo(1, 1));
        RunRecorder two = open(Phases.echo(1, 1))) {
      assertEquals(runs.resolve("20261120T213000Z-test-netty"), one.directory());
      assertEquals(runs.resolve("20261120T213000Z-test-netty-2"), two.directory());
    }
  }

  @Test
  void whatWasRecordedSoFarCanBeJudged() throws IOException {
    Phase phase = Phases.fanOut(2, 4, 2);
    try (RunRecorder run = open(phase)) {
      drive(run, run.begin(phase, 1, 100 * MILLI, ArrivalListener.none()), -1);
      run.end(null, null);
      RecordedRun soFar = run.soFar();
      assertEquals(
          8,
          soFar.phase("fanout-2").series(Series.SERVICE).orElseThrow().histogram().getTotalCount());
    }
  }

  @Test
  void whoListensHearsOfEachIntervalAndHowFarThePhaseIs() throws IOException {
    Phase phase = Phases.fanOut(2, 4, 2);
    List<PhaseProgress> heard = new ArrayList<>();
    try (RunRecorder run = open(phase)) {
      run.onInterval(heard::add);
      run.tick();
      drive(run, run.begin(phase, 1, 100 * MILLI, ArrivalListener.none()), 3);
      run.end(null, null);
    }
    assertEquals(5, heard.size(), "four ticks and the end of the phase");
    assertEquals(List.of(1, 2, 3, 4, 4), heard.stream().map(PhaseProgress::due).toList());
    assertEquals(3, heard.get(2).deliveryCount().sent());
    assertEquals(2, heard.get(2).gained().get(Series.RESPONSE).histogram().getTotalCount());
    assertEquals(1, heard.get(4).deliveryCount().missing());
    assertEquals(Set.of(Series.FIRST_DELIVERY), heard.get(4).gained().keySet());
  }

  @Test
  void whoListensHearsOfEachArrivalThatIsClosedUpToTheFirstThatIsOpen() throws IOException {
    Phase phase = Phases.fanOut(2, 4, 2);
    List<Arrival> heard = new ArrayList<>();
    try (RunRecorder run = open(phase)) {
      run.onArrival(heard::add);
      drive(run, run.begin(phase, 1, 100 * MILLI, ArrivalListener.none()), 2);
      assertEquals(List.of(0, 1), heard.stream().map(Arrival::n).toList());
      assertEquals(2, heard.get(1).delivered());
      run.end(null, null);
    }
  }

  @Test
  void phasesDoNotOverlap() throws IOException {
    try (RunRecorder run = open(Phases.echo(1, 1))) {
      run.tick();
      assertThrows(IllegalStateException.class, () -> run.end(null, null));
      assertNotNull(run.begin(Phases.echo(1, 1), 1, 0, ArrivalListener.none()));
      IllegalStateException busy =
          assertThrows(
              IllegalStateException.class,
              () -> run.begin(Phases.connect(1, 1), 1, 0, ArrivalListener.none()));
      assertEquals("phase echo is running", busy.getMessage());
    }
  }

  @Test
  void aRunInProgressIsNotReadable() throws IOException {
    try (RunRecorder run = open(Phases.echo(1, 1))) {
      UnreadableRunException partial =
          assertThrows(UnreadableRunException.class, () -> RunReader.read(run.directory()));
      assertEquals(
          "cannot read the run "
              + run.directory()
              + ": it has no run.json, so it was cut off before its end",
          partial.getMessage());
      assertFalse(Files.exists(run.directory().resolve("run.json.tmp")));
    }
  }

  private RunRecorder open(Phase... phases) throws IOException {
    return RunRecorder.open(runs, Phases.runPlan(phases), 1, clock, WALL);
  }

  /** Four publications to two subscribers, half a second apart; subscriber 1 misses one of them. */
  private void drive(RunRecorder run, PhaseRecorder recorder, int missed) throws IOException {
    DeliveryRecorder loop = recorder.deliveries(0);
    int publisher = recorder.firstPublisher();
    for (int n = 0; n < 4; n++) {
      long intended = recorder.intendedAtNanos(n);
      clock.advance(intended - run.clock().nanoTime());
      recorder.sent(n, intended + MILLI);
      loop.delivered(0, publisher, n, intended, intended + 5 * MILLI);
      if (n != missed) {
        loop.delivered(1, publisher, n, intended, intended + 6 * MILLI);
      }
      recorder.hiccups(0).tick(intended, intended + 1_000);
      clock.advance(500 * MILLI - MILLI);
      run.tick();
    }
  }

  private static Set<String> fileNames(Path directory) throws IOException {
    try (var files = Files.list(directory)) {
      Set<String> names = new TreeSet<>();
      files.forEach(file -> names.add(file.getFileName().toString()));
      return names;
    }
  }
}
