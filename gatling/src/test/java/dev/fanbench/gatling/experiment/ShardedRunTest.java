package dev.fanbench.gatling.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.faulty.Fault;
import dev.fanbench.gatling.faulty.FaultyTarget;
import dev.fanbench.gatling.options.Options;
import dev.fanbench.gatling.options.TargetChoice;
import dev.fanbench.gatling.target.Pinning;
import dev.fanbench.gatling.target.Target;
import dev.fanbench.measurement.run.ClockBound;
import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.RecordedPhase;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.RunReader;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.Validity.Verdict;
import dev.fanbench.target.Stopwatch;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several load processes offer one workload together, and one of them reports it. */
@Timeout(300)
class ShardedRunTest {
  private static final int SHARDS = 4;

  /** One that fails, the first, and another one. */
  private static final int FEW = 3;

  private static final long END_SECONDS = 15;
  private static final String FANOUT =
      """
      warmUp = 1s, drain = 5s, payloadBytes = 64, arrivals = poisson, seed = 1
      fanout = [ { subscribers = %d, count = %d, rate = %d } ]
      slo = ["faults==0"]
      """;

  @TempDir private Path directory;
  private final List<ForkedLoad> shards = new ArrayList<>();
  private int port;

  @BeforeEach
  void findPort() throws IOException {
    try (ServerSocket any = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = any.getLocalPort();
    }
  }

  @AfterEach
  void close() {
    shards.forEach(ForkedLoad::close);
  }

  @Test
  void oneRoomIsMeasuredByFourProcessesAndEveryDeliveryIsCounted() throws Exception {
    oneRoom(400, 60, 10);
  }

  /** A process may open 20,000 files, so neither one load nor one node could hold them. */
  @Test
  @Tag("soak")
  void fortyThousandMembersOnThreeNodesHearEverythingOnce() throws Exception {
    int subscribers = 40_000;
    int count = 20;
    Options started =
        ExperimentInTest.options(
            directory, "netty", "nodes = 3, fanout = [ { subscribers = 1, count = 1, rate = 1 } ]");
    TargetChoice choice = started.targets().get(0);
    try (Target nodes = Target.start(choice, started, Pinning.off("test"))) {
      List<URI> urls = nodes.urls();
      String pool = "pool=" + urls.get(1) + "," + urls.get(2);
      start(
          SHARDS,
          urls.get(0),
          FANOUT.formatted(subscribers, count, 1),
          pool,
          "maxDeliveries=2000000");
      for (ForkedLoad shard : shards) {
        assertEquals(0, shard.exitCode(), shard::said);
      }
    }
    RecordedRun merged = merged();
    DeliveryCount deliveries = merged.phase("fanout-" + subscribers).result().deliveryCount();
    assertEquals(Verdict.VALID, merged.run().validity().verdict());
    assertEquals((long) count * subscribers, deliveries.delivered());
    assertTrue(deliveries.clean(), deliveries::toString);
  }

  private void oneRoom(int subscribers, int count, int rate) throws Exception {
    Options started =
        ExperimentInTest.options(
            directory, "netty", "fanout = [ { subscribers = 1, count = 1, rate = 1 } ]");
    TargetChoice choice = started.targets().get(0);
    try (Target target = Target.start(choice, started, Pinning.off("test"))) {
      start(SHARDS, target.url(), FANOUT.formatted(subscribers, count, rate));
      for (ForkedLoad shard : shards) {
        assertEquals(0, shard.exitCode(), shard::said);
      }
    }
    RecordedRun merged = merged();
    RecordedPhase phase = merged.phase("fanout-" + subscribers);
    DeliveryCount deliveries = phase.result().deliveryCount();
    assertEquals(Verdict.VALID, merged.run().validity().verdict());
    assertEquals(SHARDS, merged.run().shards());
    assertEquals(count, deliveries.sent());
    assertEquals((long) count * subscribers, deliveries.expected());
    assertEquals((long) count * subscribers, deliveries.delivered());
    assertEquals((long) count * subscribers / SHARDS, deliveries.timed());
    assertTrue(deliveries.clean(), deliveries::toString);
    assertEquals(
        count, phase.series(Series.LAST_DELIVERY).orElseThrow().histogram().getTotalCount());
    assertTrue(
        shards.get(0).said().contains("each of 4 load processes times its own"),
        shards.get(0)::said);
    assertTrue(Files.exists(directory.resolve("0/site/index.html")));

    RecordedRun second = RunReader.read(shards.get(0).written("-shard-1").orElseThrow());
    assertEquals(1, second.run().share().index());
    for (ClockBound clock : second.run().share().clocks()) {
      assertTrue(clock.boundNanos() > 0 && clock.boundNanos() < 1_000_000_000L, clock::toString);
    }
    assertEquals(subscribers / SHARDS, second.phase("fanout-" + subscribers).phase().subscribers());
  }

  @Test
  void aShardThatIsKilledEndsTheRunOfAllAndIsNamed() throws Exception {
    try (FaultyTarget target = FaultyTarget.start(new Fault.None())) {
      start(FEW, target.url(), FANOUT.formatted(42, 2_000, 20));
      awaitPublications(target);
      shards.get(2).kill();
      Stopwatch sinceKilled = new Stopwatch();
      for (int shard : new int[] {0, 1}) {
        assertEquals(1, shards.get(shard).exitCode(), shards.get(shard)::said);
        String said = shards.get(shard).said();
        assertTrue(said.contains("Shard 2 of 3 died: "), said);
        assertTrue(shards.get(shard).written("").isPresent(), said);
      }
      long seconds = TimeUnit.NANOSECONDS.toSeconds(sinceKilled.elapsedNanos());
      assertTrue(seconds <= END_SECONDS, () -> "it took " + seconds + " s");
    }
  }

  @Test
  void withoutShardZeroTheOthersEndAndSaySo() throws Exception {
    try (FaultyTarget target = FaultyTarget.start(new Fault.None())) {
      start(FEW, target.url(), FANOUT.formatted(42, 2_000, 20));
      awaitPublications(target);
      shards.get(0).kill();
      for (int shard = 1; shard < FEW; shard++) {
        assertEquals(1, shards.get(shard).exitCode(), shards.get(shard)::said);
        String said = shards.get(shard).said();
        assertTrue(said.contains("Shard 0, where all shards meet, is gone: "), said);
        Path run = shards.get(shard).written("").orElseThrow();
        assertEquals(Verdict.FAILED, RunReader.read(run).run().validity().verdict());
      }
    }
  }

  @Test
  void anInterruptedShardEndsTheRunOfAllAndWhatWasMeasuredIsMerged() throws Exception {
    try (FaultyTarget target = FaultyTarget.start(new Fault.None())) {
      start(FEW, target.url(), FANOUT.formatted(42, 2_000, 20));
      awaitPublications(target);
      shards.get(1).interrupt();
      for (ForkedLoad shard : shards) {
        assertNotEquals(0, shard.exitCode(), shard::said);
      }
      String said = shards.get(2).said();
      assertTrue(said.contains("Shard 1 of 3: interrupted before its end."), said);
      assertEquals(Verdict.FAILED, merged().run().validity().verdict());
    }
  }

  @Test
  @SuppressWarnings("try") // The server dies before its time.
  void aServerThatDiesIsTheTargetsFaultInAllShards() throws Exception {
    try (FaultyTarget target = FaultyTarget.start(new Fault.None())) {
      start(FEW, target.url(), FANOUT.formatted(42, 200, 20));
      awaitPublications(target);
      target.close();
      for (ForkedLoad shard : shards) {
        assertEquals(1, shard.exitCode(), shard::said);
        assertTrue(shard.said().contains("the target ended 15 of 15 connections"), shard::said);
      }
      assertEquals(Verdict.FAILED, merged().run().validity().verdict());
      DeliveryCount deliveries = merged().phase("fanout-42").result().deliveryCount();
      assertTrue(deliveries.lostConnections() >= 15, deliveries::toString);
      assertTrue(deliveries.balance(), deliveries::toString);
    }
  }

  private void start(int count, URI target, String workload, String... settings)
      throws IOException {
    for (int shard = 0; shard < count; shard++) {
      Path own = Files.createDirectories(directory.resolve(String.valueOf(shard)));
      Stream<String> common =
          Stream.of("pin=off", "shard=" + shard + "/" + count, "peers=127.0.0.1:" + port);
      shards.add(
          ForkedLoad.start(
              own,
              target,
              workload,
              Stream.concat(common, Stream.of(settings)).toArray(String[]::new)));
    }
  }

  /** Waits until the measured phase is under way: the warm-up has some 20 publications. */
  private static void awaitPublications(FaultyTarget target) throws InterruptedException {
    while (target.publications() < 60) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  private RecordedRun merged() throws IOException {
    return RunReader.read(
        shards.get(0).written("-shards").orElseThrow(() -> new AssertionError(said())));
  }

  private String said() {
    return shards.get(0).said();
  }
}
