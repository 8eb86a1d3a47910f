package dev.fanbench.measurement.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.verdict.Slo;
import dev.fanbench.measurement.verdict.ValidityCheck;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

/**
 * A directory that schema version 1 wrote, as it was written. It is never made anew: what this test
 * reads, every later version must read the same.
 */
class GoldenRunTest {

  private static final Path GOLDEN = Path.of("src/test/resources/golden/v1");

  private final RecordedRun run;

  GoldenRunTest() throws IOException {
    run = RunReader.read(GOLDEN);
  }

  @Test
  void itsRecordsAreRead() {
    assertEquals(1, run.run().schemaVersion());
    assertEquals("20261120T213000Z-golden-netty", run.run().id());
    assertEquals(List.of("warm-up", "echo", "fanout-10"), names(run.phases()));
    assertEquals(List.of("echo", "fanout-10"), names(run.measured()));
    PhaseResult fanOut = run.phase("fanout-10").result();
    assertEquals(
        DeliveryCountBuilder.builder()
            .sent(40)
            .expected(400)
            .delivered(399)
            .missing(1)
            .duplicates(1)
            .build(),
        fanOut.deliveryCount());
    assertEquals(45_000_000 / 400.0, fanOut.cpuNanosPerDelivery());
    assertEquals(2_000_000, fanOut.load().runQueueWaitNanos());
  }

  @Test
  void itsHistogramsAreRead() {
    assertTime(1_669_119, "echo", Series.RESPONSE, Percentile.P50);
    assertTime(4_943_871, "echo", Series.RESPONSE, Percentile.P90);
    assertTime(9_150_463, "echo", Series.RESPONSE, Percentile.MAX);
    assertTime(73_791, "echo", Series.SEND_DELAY, Percentile.P90);
    assertTime(6_123_519, "fanout-10", Series.LAST_DELIVERY, Percentile.P50);
    assertTime(226_815, "fanout-10", Series.HICCUP, Percentile.MAX);
    RecordedSeries last = run.phase("fanout-10").series(Series.LAST_DELIVERY).orElseThrow();
    assertEquals("not delivered", last.percentiles().at(Percentile.MAX).text());
    assertEquals("too few samples (30 of 51)", last.percentiles().at(Percentile.P90).text());
  }

  @Test
  void itsIntervalsAddUpToItsHistograms() throws IOException {
    Map<String, Histogram> sums = new HashMap<>();
    try (IntervalReader log = IntervalReader.open(new RunDirectory(GOLDEN))) {
      for (var next = log.next(); next.isPresent(); next = log.next()) {
        sums.computeIfAbsent(next.get().tag(), tag -> LatencyLog.emptyHistogram())
            .add(next.get().histogram());
      }
    }
    for (RecordedPhase phase : run.phases()) {
      for (RecordedSeries series : phase.series().values()) {
        String tag = series.series().tag(phase.result().recordedAs());
        assertEquals(series.histogram(), sums.getOrDefault(tag, LatencyLog.emptyHistogram()));
      }
    }
    List<RecordedInterval> intervals =
        run.phase("echo").series(Series.RESPONSE).orElseThrow().intervals();
    assertEquals(3, intervals.size());
    assertEquals(intervals.get(0).endNanos(), intervals.get(1).startNanos());
    assertEquals(1_000_000_000, intervals.get(0).endNanos() - intervals.get(0).startNanos());
  }

  /** A decoder without memory wraps that in an exception of its own, as it does with damage. */
  @Test
  void anErrorOfTheVirtualMachineIsNoDamage() {
    RunDirectory files = new RunDirectory(GOLDEN);
    OutOfMemoryError noMemory = new OutOfMemoryError("Java heap space");
    RuntimeException wrapped =
        new IllegalArgumentException(new InvocationTargetException(noMemory));
    assertEquals(
        noMemory,
        assertThrows(OutOfMemoryError.class, () -> IntervalReader.damaged(files, wrapped)));
    assertEquals(
        "cannot read the run " + GOLDEN + ": latency.hlog is damaged",
        IntervalReader.damaged(files, new IllegalStateException("x")).getMessage());
  }

  @Test
  void itsArrivalsAgreeWithItsHistograms() {
    RecordedPhase fanOut = run.phase("fanout-10");
    assertEquals(40, fanOut.arrivals().size());
    assertEquals(1, fanOut.arrivals().get(17).missing());
    long slowest =
        fanOut.arrivals().stream()
            .filter(a -> a.missing() == 0)
            .mapToLong(a -> a.lastAtNanos() - a.intendedAtNanos())
            .max()
            .orElseThrow();
    RecordedSeries last = fanOut.series(Series.LAST_DELIVERY).orElseThrow();
    assertTrue(last.histogram().valuesAreEquivalent(slowest, last.histogram().getMaxValue()));
  }

  @Test
  void itsVerdictsStand() {
    assertEquals(run.run().validity(), ValidityCheck.of(run));
    List<Slo> slos =
        List.of(
            Slo.parse("missing==0"),
            Slo.parse("p90.echo<20ms"),
            Slo.parse("p50.lastDelivery<50ms").asQuestion());
    assertEquals(
        run.run().slos().stream().map(SloVerdict::decision).toList(),
        Slo.checkAll(slos, run).stream().map(SloVerdict::decision).toList());
  }

  private void assertTime(long nanos, String phase, Series series, Percentile rank) {
    PercentileValue value = run.phase(phase).series(series).orElseThrow().percentiles().at(rank);
    assertEquals(nanos, ((PercentileValue.Time) value).nanos());
  }

  private static List<String> names(List<RecordedPhase> phases) {
    return phases.stream().map(phase -> phase.phase().name()).toList();
  }
}
