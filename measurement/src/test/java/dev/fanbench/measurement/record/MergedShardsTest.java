package dev.fanbench.measurement.record;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.run.Arrival;
import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.RecordedPhase;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.RunReader;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.Validity.Verdict;
import dev.fanbench.measurement.schedule.SendSchedule;
import dev.fanbench.measurement.verdict.ValidityCheck;
import dev.fanbench.measurement.workload.ArrivalProcess;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import dev.fanbench.measurement.workload.Workload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MergedShardsTest {
  private static final Workload ONE_ROOM =
      workload(new Phase("fanout-10", PhaseKind.FANOUT, 10, 1, 43, 50, false).inBlocks(3));

  @TempDir private Path directory;

  @Test
  void theMergedRunCountsEveryDeliveryOfTheWholeRoom() throws IOException {
    RecordedRun merged = merge(new ShardedLoad(directory, ONE_ROOM, 4).record());
    RecordedPhase phase = merged.phase("fanout-10");
    DeliveryCount count = phase.result().deliveryCount();
    assertEquals(43, count.sent());
    assertEquals(430, count.expected());
    assertEquals(430, count.delivered());
    assertTrue(count.clean(), count::toString);
    assertEquals(ONE_ROOM.phases().get(0), phase.phase());
    assertEquals(4, merged.run().shards());
    assertEquals(Verdict.VALID, merged.run().validity().verdict());
    assertEquals(50, phase.result().achievedPerSecond(), 0.1);
    long timed = phase.series(Series.RESPONSE).orElseThrow().histogram().getTotalCount();
    assertEquals(count.timed(), timed);
    assertEquals(43, phase.series(Series.LAST_DELIVERY).orElseThrow().histogram().getTotalCount());
  }

  @Test
  void eachShardIsARunThatBalances() throws IOException {
    for (RecordedRun shard : new ShardedLoad(directory, ONE_ROOM, 4).record()) {
      assertEquals(List.of(), ValidityCheck.of(shard).reasons());
      assertTrue(shard.phase("fanout-10").result().deliveryCount().balance());
      assertEquals(ONE_ROOM, shard.run().share().whole());
    }
  }

  @Test
  void publicationsAreInTheirPlacesAtTheirInstants() throws IOException {
    for (ArrivalProcess arrivals : ArrivalProcess.values()) {
      Phase phase = new Phase("fanout-9", PhaseKind.FANOUT, 9, 1, 50, 50, false);
      Phase offered = arrivals == ArrivalProcess.BURST ? phase.inBursts(5) : phase;
      Workload workload = new Workload("test", List.of(offered), arrivals, 64, 1_000, 7);
      Path own = directory.resolve(arrivals.name());
      List<Arrival> merged =
          merge(own, new ShardedLoad(own, workload, 3).record()).phase("fanout-9").arrivals();
      SendSchedule schedule = SendSchedule.of(workload, 0);
      assertEquals(50, merged.size());
      for (int n = 0; n < merged.size(); n++) {
        assertEquals(n, merged.get(n).n());
        assertEquals(
            schedule.offsetNanos(n),
            merged.get(n).intendedAtNanos() - merged.get(0).intendedAtNanos());
      }
    }
  }

  @Test
  void aForeignDeliveryThatIsLostIsMissing() throws IOException {
    ShardedLoad load = new ShardedLoad(directory, ONE_ROOM, 4);
    load.losing(1, 2);
    RecordedRun merged = merge(load.record());
    DeliveryCount count = merged.phase("fanout-10").result().deliveryCount();
    assertEquals(430, count.expected());
    assertEquals(1, count.missing());
    assertEquals(429, count.delivered());
    assertTrue(count.balance());
  }

  @Test
  void aForeignDeliveryThatComesTwiceIsADuplicate() throws IOException {
    ShardedLoad load = new ShardedLoad(directory, ONE_ROOM, 4);
    load.repeating(3, 2);
    RecordedRun merged = merge(load.record());
    DeliveryCount count = merged.phase("fanout-10").result().deliveryCount();
    assertEquals(1, count.duplicates());
    assertEquals(430, count.delivered());
  }

  @Test
  void membersThatPublishHearAllButThemselves() throws IOException {
    Phase phase =
        new Phase("fanout-20-in-2", PhaseKind.FANOUT, 20, 2, 60, 50, false).publishedBy(10);
    RecordedRun merged = merge(new ShardedLoad(directory, workload(phase), 3).record());
    DeliveryCount count = merged.phase("fanout-20-in-2").result().deliveryCount();
    assertEquals(60 * 9, count.expected());
    assertTrue(count.clean(), count::toString);
  }

  @Test
  void gapsDoublesAndOtherNumbersAreRefused() throws IOException {
    List<RecordedRun> four = new ShardedLoad(directory, ONE_ROOM, 4).record();
    List<RecordedRun> three = new ShardedLoad(directory, ONE_ROOM, 3).record();
    refused(List.of(four.get(0), four.get(3)), "Shards are missing: 1, 2 of 4.");
    List<RecordedRun> again = new ArrayList<>(four);
    again.add(new ShardedLoad(directory, ONE_ROOM, 4).record().get(2));
    refused(again, "Two runs are shard 2 of 4: ");
    refused(List.of(four.get(0), three.get(1)), "The runs have different numbers of shards: ");
    List<RecordedRun> mixed = new ArrayList<>(four.subList(0, 3));
    mixed.add(new ShardedLoad(directory, ONE_ROOM, 4).named("r2").record().get(3));
    refused(mixed, "The runs differ in run: ");
    RecordedRun alone = new LoadProcesses(directory).record();
    refused(List.of(four.get(0), alone), "A merge is of shards of one run or of whole runs; ");
  }

  private void refused(List<RecordedRun> runs, String why) {
    IllegalArgumentException refusal =
        assertThrows(IllegalArgumentException.class, () -> merge(runs));
    assertTrue(refusal.getMessage().startsWith(why), refusal.getMessage());
    assertFalse(refusal.getMessage().contains("\n"), refusal.getMessage());
  }

  private static Workload workload(Phase phase) {
    return new Workload("test", List.of(phase), ArrivalProcess.CONSTANT, 64, 1_000, 7);
  }

  private RecordedRun merge(List<RecordedRun> parts) throws IOException {
    return merge(directory, parts);
  }

  private static RecordedRun merge(Path directory, List<RecordedRun> parts) throws IOException {
    Path merged = directory.resolve("merged");
    MergedRun.write(parts, merged);
    return RunReader.read(merged);
  }
}
