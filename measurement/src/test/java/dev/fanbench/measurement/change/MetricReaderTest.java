package dev.fanbench.measurement.change;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.fanbench.measurement.record.Phases;
import dev.fanbench.measurement.run.Arrival;
import dev.fanbench.measurement.run.Percentile;
import dev.fanbench.measurement.run.RecordedPhase;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.workload.Phase;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class MetricReaderTest {
  private static final long NEVER = SampledPercentile.NEVER;
  private static final Phase FANOUT = Phases.fanOut(2, 3, 10);
  private static final Phase ECHO = Phases.echo(8, 10);

  /** One is whole, one reached half of its subscribers, and one reached none. */
  private final RunDraft partial =
      new RunDraft(FANOUT)
          .arrivals(
              new Arrival(0, 100, 110, 150, 190, 2, 0),
              new Arrival(1, 200, 210, 230, 260, 1, 1),
              new Arrival(2, 300, 310, Arrival.NEVER, Arrival.NEVER, 0, 2))
          .undelivered(Series.FIRST_DELIVERY, 1)
          .undelivered(Series.LAST_DELIVERY, 2)
          .undelivered(Series.SKEW, 2);

  @Test
  void samplesAreThoseOfArrivalsThatCameAsFarAsTheSeriesAsks() {
    RecordedPhase phase = partial.run().phase("fanout-2");
    assertArrayEquals(
        new long[] {50, 30, NEVER}, MetricReader.samples(phase, Series.FIRST_DELIVERY));
    assertArrayEquals(
        new long[] {90, NEVER, NEVER}, MetricReader.samples(phase, Series.LAST_DELIVERY));
    assertArrayEquals(new long[] {40, NEVER, NEVER}, MetricReader.samples(phase, Series.SKEW));
  }

  @Test
  void aRoundTripIsTimedFromItsIntendedTime() {
    RecordedPhase phase =
        new RunDraft(ECHO).arrivals(new Arrival(0, 100, 110, 150, 150, 1, 0)).run().phase("echo");
    assertArrayEquals(new long[] {50}, MetricReader.samples(phase, Series.RESPONSE));
  }

  @Test
  void aSampleHasTheDigitsOfTheHistogram() {
    RecordedPhase phase = new RunDraft(ECHO).times(5_000_001).run().phase("echo");
    long reported =
        phase.series(Series.RESPONSE).orElseThrow().histogram().highestEquivalentValue(5_000_001);
    assertArrayEquals(new long[] {reported}, MetricReader.samples(phase, Series.RESPONSE));
  }

  @Test
  void aPercentileIsReadFromAllRuns() {
    RecordedRun one = new RunDraft(ECHO).times(1, 2, 3, 4).run();
    RecordedRun two = new RunDraft(ECHO).times(5, 6, 7, 8).run();
    MetricReader.Reading reading = read("p50.response@echo", one, two);
    assertEquals("", reading.why());
    assertEquals(4, reading.sampled().orElseThrow().value());
    assertEquals(2, reading.sampled().orElseThrow().runs());
  }

  @Test
  void aPercentileNeedsItsSamplesOverAllRunsAndOneOfEach() {
    RecordedRun seven = new RunDraft(ECHO).times(1, 2, 3, 4, 5, 6, 7).run();
    RecordedRun eight = new RunDraft(ECHO).times(1, 2, 3, 4, 5, 6, 7, 8).run();
    RecordedRun none = new RunDraft(ECHO).run();
    assertNone("p50 of base has 7 samples and needs 8", "p50.response@echo", seven);
    assertEquals("", read("p50.response@echo", eight).why());
    assertNone("p50 of base has 8 samples and needs 8", "p50.response@echo", eight, none);
  }

  @Test
  void aSeriesOfAnotherKindOfPhaseIsNotRead() {
    assertNone("echo has no skew", "p50.skew@echo", new RunDraft(ECHO).times(1).run());
  }

  @Test
  void aPhaseThatOneRunDidNotMeasureIsNotRead() {
    RecordedRun echo = new RunDraft(ECHO).cpu(7).run();
    assertNone("not every run of base measured echo", "cpu@echo", echo, partial.run());
  }

  @Test
  void cpuIsReadWhereAllRunsKnowIt() {
    RecordedRun seven = new RunDraft(ECHO).cpu(7).run();
    RecordedRun nine = new RunDraft(ECHO).cpu(9).run();
    MetricReader.Reading reading = read("cpu@echo", seven, nine);
    assertEquals(8, reading.sampled().orElseThrow().value());
    assertEquals("", reading.why());
    String unknown = "the CPU of base is not known";
    assertNone(unknown, "cpu@echo", seven, new RunDraft(ECHO).cpu(0).run());
    assertNone(unknown, "cpu@echo", seven, new RunDraft(ECHO).run());
  }

  @Test
  void manySamplesOfAHighPercentileAreRead() {
    long[] many = LongStream.rangeClosed(1, 528).toArray();
    RecordedRun enough = new RunDraft(ECHO).times(many).run();
    assertEquals(523, read("p99.response@echo", enough).sampled().orElseThrow().value());
    RecordedRun fewer = new RunDraft(ECHO).times(Arrays.copyOf(many, 527)).run();
    assertNone("p99 of base has 527 samples and needs 528", "p99.response@echo", fewer);
    assertEquals(Percentile.P99.samplesNeeded(), many.length);
  }

  private static void assertNone(String why, String metric, RecordedRun... runs) {
    MetricReader.Reading reading = read(metric, runs);
    assertEquals(why, reading.why());
    assertEquals(Optional.empty(), reading.sampled());
  }

  private static MetricReader.Reading read(String metric, RecordedRun... runs) {
    return MetricReader.read(Metric.parse(metric), new ComparedSide("base", List.of(runs)));
  }
}
