package dev.fanbench.measurement.record;

import static dev.fanbench.measurement.record.LoadProcesses.FANOUT;
import static dev.fanbench.measurement.record.Phases.MILLI;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.RecordedPhase;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.RunReader;
import dev.fanbench.measurement.run.Validity;
import dev.fanbench.measurement.run.Validity.Verdict;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Merges of runs that just belong together, and just not. A phase lasts two seconds. */
class MergeBoundaryTest {
  @TempDir private Path directory;

  @Test
  void aMergedRunIsDescribedByItsParts() throws IOException {
    RecordedRun one = process().record();
    RecordedRun two = process().started("2026-11-20T21:30:00.100Z").record();
    RecordedRun merged = merge(one, two);
    assertEquals("merged", merged.run().id());
    assertEquals(one.run().startedAt(), merged.run().startedAt());
    assertEquals(two.run().finishedAt(), merged.run().finishedAt());
    assertEquals(
        Map.of("os", "Linux", "load processes", "2: " + one.run().id() + ", " + two.run().id()),
        merged.run().environment());
    assertEquals(1, merged.run().shards());
    PhaseResult result = merged.phase("fanout-2").result();
    assertEquals(MILLI, result.startNanos());
    assertEquals(100 * MILLI + two.phase("fanout-2").result().endNanos(), result.endNanos());
    assertNull(result.target());
    assertTrue(Files.exists(directory.resolve("merged/publications.csv-metadata.json")));
  }

  @ParameterizedTest
  @CsvSource({"2026-11-20T21:30:00.200Z,0", "2026-11-20T21:30:00.201Z,1"})
  void ninetyPercentTogetherAreEnough(String start, int warnings) throws IOException {
    RecordedRun merged = merge(process().record(), process().started(start).record());
    assertEquals(warnings, merged.run().validity().warnings().size());
    assertEquals(Verdict.VALID, merged.run().validity().verdict());
  }

  @Test
  void aMillisecondTogetherIsARun() throws IOException {
    RecordedRun merged =
        merge(process().record(), process().started("2026-11-20T21:30:01.999Z").record());
    assertTrue(
        merged.run().validity().warnings().get(0).contains("during 0.05 % of phase fanout-2"),
        merged.run().validity().warnings()::toString);
  }

  /** It lasts 40 ms. */
  @Test
  void aWarmUpNeedNotBeTogether() throws IOException {
    var warmed = LoadProcesses.workload(64, Phases.warmUp(4, 100), FANOUT);
    RecordedRun one = process().offering(warmed).record();
    RecordedRun two = process().offering(warmed).started("2026-11-20T21:30:00.150Z").record();
    assertEquals(List.of(), merge(one, two).run().validity().warnings());
  }

  @Test
  void countsThatDoNotAddUpMakeAMergeInvalid() throws IOException {
    RecordedRun one = process().record();
    RecordedRun two = unbalanced(process().record());
    Validity merged = merge(one, two).run().validity();
    assertEquals(Verdict.INVALID, merged.verdict());
    assertEquals(
        List.of(
            "phase fanout-2: the delivery counts do not add up: 159 delivered and 0 missing of 160"
                + " expected"),
        merged.reasons());
  }

  @Test
  void aMergeOfAFailedRunHasFailed() throws IOException {
    Validity died = new Validity(Verdict.FAILED, List.of("target died"), List.of());
    RecordedRun two = unbalanced(process().judged(died).record());
    Validity merged = merge(process().record(), two).run().validity();
    assertEquals(Verdict.FAILED, merged.verdict());
    assertEquals(2, merged.reasons().size());
  }

  private static RecordedRun unbalanced(RecordedRun run) {
    RecordedPhase phase = run.phases().get(0);
    PhaseResult of = phase.result();
    DeliveryCount count = of.deliveryCount();
    PhaseResult changed =
        new PhaseResult(
            of.phase(),
            of.startNanos(),
            of.endNanos(),
            of.achievedPerSecond(),
            count.withDelivered(count.delivered() - 1),
            of.undelivered(),
            of.target(),
            of.load());
    return new RecordedRun(
        run.directory(),
        run.run(),
        List.of(new RecordedPhase(changed, phase.series(), phase.arrivals())));
  }

  @ParameterizedTest
  @CsvSource({
    "6,'Shards are missing: 1, 2, 3, 4, 5 of 6.'",
    "7,'Shards are missing: 1, 2, 3, 4, 5 and others of 7.'"
  })
  void fiveMissingShardsAreNamed(int shards, String sentence) throws IOException {
    RecordedRun first =
        new ShardedLoad(directory, Phases.workload(Phases.fanOut(10, 70, 50)), shards)
            .record()
            .get(0);
    assertEquals(
        sentence,
        assertThrows(IllegalArgumentException.class, () -> ShardOrder.require(List.of(first)))
            .getMessage());
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
