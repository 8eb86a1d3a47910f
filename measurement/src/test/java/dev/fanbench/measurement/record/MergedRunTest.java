package dev.fanbench.measurement.record;

import static dev.fanbench.measurement.record.LoadProcesses.FANOUT;
import static dev.fanbench.measurement.record.Phases.MILLI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.run.Arrival;
import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.FailureInterval;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.RecordedInterval;
import dev.fanbench.measurement.run.RecordedPhase;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.RecordedSeries;
import dev.fanbench.measurement.run.RunReader;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.SloVerdict;
import dev.fanbench.measurement.run.SloVerdict.Decision;
import dev.fanbench.measurement.run.Validity;
import dev.fanbench.measurement.run.Validity.Verdict;
import dev.fanbench.measurement.workload.ArrivalProcess;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import dev.fanbench.measurement.workload.Workload;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergedRunTest {

  @TempDir private Path directory;

  @Test
  void percentilesAreThoseOfTheAddedHistogramsToTheDigit() throws IOException {
    RecordedRun one = process().slowing(2 * MILLI).record();
    RecordedRun two = process().slowing(3 * MILLI).dropping(7).record();
    RecordedPhase merged = merge(one, two).phase("fanout-2");
    for (Series series : List.of(Series.RESPONSE, Series.SERVICE, Series.LAST_DELIVERY)) {
      RecordedSeries a = one.phase("fanout-2").series(series).orElseThrow();
      RecordedSeries b = two.phase("fanout-2").series(series).orElseThrow();
      Histogram sum = a.histogram().copy();
      sum.add(b.histogram());
      RecordedSeries both = merged.series(series).orElseThrow();
      assertEquals(sum, both.histogram(), series::label);
      assertEquals(a.undelivered() + b.undelivered(), both.undelivered(), series::label);
      assertEquals(a.independent() + b.independent(), both.independent(), series::label);
    }
  }

  @Test
  void booksAndOffersAreAddedUp() throws IOException {
    RecordedRun one = process().record();
    RecordedRun two = process().dropping(10).record();
    RecordedRun three = process().dropping(8).record();
    RecordedPhase merged = merge(one, two, three).phase("fanout-2");
    DeliveryCount deliveryCount = merged.result().deliveryCount();
    assertEquals(120, deliveryCount.sent());
    assertEquals(240, deliveryCount.expected());
    assertEquals(8 + 10, deliveryCount.missing());
    assertEquals(222, deliveryCount.delivered());
    assertTrue(deliveryCount.balance());
    assertEquals(new Phase("fanout-2", PhaseKind.FANOUT, 6, 3, 120, 60, false), merged.phase());
    assertEquals(2, merged.phase().fanOut(), "a room is as large as it was");
    assertEquals(60, merged.result().achievedPerSecond(), 0.01);
  }

  @Test
  void publicationsStandTogetherInTheOrderOfTheirTimes() throws IOException {
    RecordedRun one = process().record();
    RecordedRun two = process().started("2026-11-20T21:30:00.110Z").slowing(MILLI).record();
    List<Arrival> arrivals = merge(two, one).phase("fanout-2").arrivals();
    assertEquals(80, arrivals.size());
    assertEquals(
        arrivals,
        arrivals.stream().sorted(Comparator.comparingLong(Arrival::intendedAtNanos)).toList());
    assertEquals(79, arrivals.get(79).n());
    Arrival first = two.phase("fanout-2").arrivals().get(0);
    assertTrue(
        arrivals.contains(first.later(110 * MILLI).numbered(3)),
        () -> arrivals.subList(0, 5).toString());
  }

  @Test
  void intervalsKeepTheirPlaceInTime() throws IOException {
    RecordedRun one = process().record();
    RecordedRun two = process().started("2026-11-20T21:30:00.500Z").record();
    RecordedSeries merged = merge(one, two).phase("fanout-2").series(Series.RESPONSE).orElseThrow();
    long last =
        two.phase("fanout-2").series(Series.RESPONSE).orElseThrow().intervals().stream()
            .mapToLong(i -> i.endNanos())
            .max()
            .orElseThrow();
    assertEquals(
        500 * MILLI + last, merged.intervals().get(merged.intervals().size() - 1).endNanos());
    assertEquals(
        Stream.concat(starts(one), starts(two).map(start -> 500 * MILLI + start)).sorted().toList(),
        merged.intervals().stream().map(RecordedInterval::startNanos).toList());
  }

  private static Stream<Long> starts(RecordedRun run) {
    return run.phase("fanout-2").series(Series.RESPONSE).orElseThrow().intervals().stream()
        .map(RecordedInterval::startNanos);
  }

  @Test
  void failuresKeepTheirPlaceInTime() throws IOException {
    RecordedRun one = process().losing(300 * MILLI).record();
    RecordedRun two = process().started("2026-11-20T21:30:00.500Z").losing(300 * MILLI).record();
    assertEquals(
        List.of(
            new FailureInterval(PhaseResult.LOST, 250 * MILLI, 375 * MILLI, 1),
            new FailureInterval(PhaseResult.LOST, 750 * MILLI, 875 * MILLI, 1)),
        merge(one, two).phase("fanout-2").result().failures());
  }

  @Test
  void theVerdictIsTheWorstAndSaysWhose() throws IOException {
    Validity late = new Validity(Verdict.INVALID, List.of("it was late"), List.of("steal"));
    RecordedRun one = process().record();
    RecordedRun two = process().judged(late).record();
    Validity merged = merge(one, two).run().validity();
    assertEquals(Verdict.INVALID, merged.verdict());
    assertEquals(List.of("part " + two.run().id() + ": it was late"), merged.reasons());
    assertEquals(List.of("part " + two.run().id() + ": steal"), merged.warnings());
  }

  @Test
  void thresholdsAreCheckedAgainstTheWhole() throws IOException {
    RecordedRun fast = process().slowing(MILLI).record();
    RecordedRun slow = process().slowing(9 * MILLI).dropping(40).record();
    List<SloVerdict> slos = merge(fast, slow).run().slos();
    assertEquals(List.of("missing==0", "p50.lastDelivery<60ms"), expressions(slos));
    assertEquals("2", slos.get(0).observed());
    // Half of all publications were fast enough, so the median may be on either side.
    assertEquals(Decision.UNDECIDED, slos.get(1).decision());
    assertEquals(Decision.MISSED, slow.run().slos().get(1).decision());
  }

  private static List<String> expressions(List<SloVerdict> slos) {
    return slos.stream().map(SloVerdict::expression).toList();
  }

  @Test
  void processesThatSentTogetherForAPartOfTheTimeAreWarnedOf() throws IOException {
    RecordedRun one = process().record();
    RecordedRun two = process().started("2026-11-20T21:30:01Z").record();
    List<String> warnings = merge(one, two).run().validity().warnings();
    assertTrue(
        warnings.get(0).startsWith("The processes sent together during 50 % of phase fanout-2"),
        warnings::toString);
  }

  @Test
  void aPartThatWasCutShortCutsTheWholeShort() throws IOException {
    var twoPhases = LoadProcesses.workload(64, FANOUT, Phases.fanOut(3, 40, 20));
    RecordedRun whole = process().offering(twoPhases).record();
    Validity died = new Validity(Verdict.FAILED, List.of("target died"), List.of());
    RecordedRun cut = process().offering(twoPhases).judged(died).record();
    RecordedRun shorter = new RecordedRun(cut.directory(), cut.run(), cut.phases().subList(0, 1));
    RecordedRun merged = merge(whole, shorter);
    assertEquals(Verdict.FAILED, merged.run().validity().verdict());
    assertEquals(1, merged.phases().size());
  }

  @Test
  void runsThatDoNotBelongTogetherAreRefused() throws IOException {
    RecordedRun one = process().record();
    Phase larger = Phases.fanOut(3, 40, 20);
    refused(one, process().url("ws://other.example/dev"), "The runs differ in target: ");
    refused(one, process().revision("ba9876543210"), "differ in fanbench: ");
    refused(one, process().offering(LoadProcesses.workload(65, FANOUT)), "in payloadBytes: ");
    refused(one, process().offering(LoadProcesses.workload(64, larger)), "in phases: ");
    refused(one, process().overhearing(), "received what it had not published");
    refused(one, process().launching(), "measured a target that it started itself");
    refused(
        one,
        process().started("2026-11-20T21:30:02Z"),
        "when one began phase fanout-2, another had ended it");
  }

  /** They would send their bursts together. Shards of one workload share a schedule instead. */
  @Test
  void processesThatDrewTheSamePoissonArrivalsAreRefused() throws IOException {
    RecordedRun one = process().offering(poisson(7)).record();
    refused(one, process().offering(poisson(7)), "The runs drew the same Poisson schedule");
    RecordedRun merged = merge(one, process().offering(poisson(8)).record());
    long instants =
        merged.phase("fanout-2").arrivals().stream()
            .map(Arrival::intendedAtNanos)
            .distinct()
            .count();
    assertEquals(2 * FANOUT.count() - 1, instants, "all but the first of both");
  }

  private static Workload poisson(long seed) {
    return new Workload("test", List.of(FANOUT), ArrivalProcess.POISSON, 64, 1_000, seed);
  }

  private void refused(RecordedRun one, LoadProcesses other, String why) throws IOException {
    RecordedRun two = other.record();
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> merge(one, two));
    assertTrue(refusal.getMessage().contains(why), refusal.getMessage());
    assertFalse(refusal.getMessage().contains("\n"), refusal.getMessage());
    assertFalse(Files.exists(directory.resolve("merged")));
  }

  @Test
  void aRunIsNoPartOfItselfAndADirectoryIsNotWrittenOver() throws IOException {
    RecordedRun one = process().record();
    assertThrows(IllegalArgumentException.class, () -> merge(one, one));
    assertThrows(IllegalArgumentException.class, () -> merge(one));
    merge(one, process().record());
    RecordedRun three = process().record();
    assertThrows(IllegalArgumentException.class, () -> merge(one, three));
  }

  private LoadProcesses process() {
    return new LoadProcesses(directory.resolve("runs"));
  }

  private RecordedRun merge(RecordedRun... parts) throws IOException {
    Path merged = directory.resolve("merged");
    MergedRun.write(List.of(parts), merged);
    return RunReader.read(merged);
  }
}
