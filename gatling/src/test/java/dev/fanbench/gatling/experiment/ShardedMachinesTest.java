package dev.fanbench.gatling.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fanbench.gatling.shard.ShardMeeting;
import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.RunReader;
import dev.fanbench.measurement.run.Validity.Verdict;
import dev.fanbench.target.Stopwatch;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * Two shards and a server, each with a network of its own, as pods have. The shards know their
 * numbers and the secret by nothing but the environment that Kubernetes gives to an Indexed Job.
 */
@Tag("soak")
@Timeout(300)
class ShardedMachinesTest {
  private static final int SHARDS = 2;
  private static final int SERVER = 0;
  private static final String WORKLOAD =
      """
      warmUp = 1s, drain = 5s, payloadBytes = 64, arrivals = constant, seed = 1
      fanout = [ { subscribers = 200, count = 60, rate = 10 } ]
      slo = ["faults==0"]
      """;

  /** It is ended before its time. */
  private static final String LONG_WORKLOAD = WORKLOAD.replace("count = 60", "count = 2000");

  /** The longest time from a death to the end of the run. */
  private static final long END_SECONDS = 15;

  private static final long PUBLISHED_BYTES = 1_000_000;

  @TempDir private Path directory;

  @Test
  void twoMachinesMeasureOneRoomOfAThird() throws Exception {
    try (NetworkNamespaceSet machines = machines()) {
      Process server = server(machines);
      try {
        RecordedRun merged = measure(machines);
        DeliveryCount count = merged.phase("fanout-200").result().deliveryCount();
        assertEquals(Verdict.VALID, merged.run().validity().verdict());
        assertEquals(60 * 200, count.delivered());
        assertEquals(60 * 100, count.timed());
        assertTrue(count.clean(), count::toString);
      } finally {
        server.destroyForcibly().waitFor();
      }
    }
  }

  @Test
  void aKilledShardEndsTheRunOfAllAndIsNamed() throws Exception {
    whileMeasuring(
        (shards, server) -> {
          shards.get(1).kill();
          endedInTime(shards.get(0), "Shard 1 of 2 died: ");
        });
  }

  @Test
  void withoutShardZeroTheOtherEndsAndSaysSo() throws Exception {
    whileMeasuring(
        (shards, server) -> {
          shards.get(0).kill();
          endedInTime(shards.get(1), "Shard 0, where all shards meet, is gone: ");
        });
  }

  @Test
  void aKilledServerIsTheTargetsFaultInBothShards() throws Exception {
    whileMeasuring(
        (shards, server) -> {
          server.destroyForcibly().waitFor();
          for (ForkedLoad shard : shards) {
            ended(shard, "the target ended ");
          }
          RecordedRun merged = merged(shards);
          assertEquals(Verdict.FAILED, merged.run().validity().verdict());
          assertTrue(merged.phase("fanout-200").result().deliveryCount().balance());
        });
  }

  /** One of the machines dies, and the others say so. */
  @FunctionalInterface
  private interface Death {
    void happen(List<ForkedLoad> shards, Process server) throws Exception;
  }

  private void whileMeasuring(Death death) throws Exception {
    try (NetworkNamespaceSet machines = machines()) {
      Process server = server(machines);
      List<ForkedLoad> shards = start(machines, LONG_WORKLOAD);
      try {
        awaitMeasuring(shards, server);
        death.happen(shards, server);
      } finally {
        shards.forEach(ForkedLoad::close);
        server.destroyForcibly().waitFor();
      }
    }
  }

  /** Waits until the measured phase has had publications: its joins alone are fewer bytes. */
  private static void awaitMeasuring(List<ForkedLoad> shards, Process server) throws Exception {
    for (ForkedLoad shard : shards) {
      while (!shard.said().contains("fanout-200: ")) {
        TimeUnit.MILLISECONDS.sleep(20);
      }
    }
    long before = sentBytes(server);
    while (sentBytes(server) < before + PUBLISHED_BYTES) {
      TimeUnit.MILLISECONDS.sleep(20);
    }
  }

  /** The bytes that have left the network of a process by its bridge. */
  private static long sentBytes(Process server) throws IOException {
    Path devices = Path.of("/proc", String.valueOf(server.pid()), "net", "dev");
    String bridge =
        Files.readAllLines(devices).stream()
            .map(String::strip)
            .filter(line -> line.startsWith("br0:"))
            .findFirst()
            .orElseThrow();
    return Long.parseLong(bridge.substring("br0:".length()).strip().split("\\s+", -1)[8]);
  }

  private static void ended(ForkedLoad shard, String why) throws InterruptedException {
    assertEquals(1, shard.exitCode(), shard::said);
    assertTrue(shard.said().contains(why), shard::said);
  }

  private static void endedInTime(ForkedLoad shard, String why) throws Exception {
    Stopwatch sinceDeath = new Stopwatch();
    ended(shard, why);
    long seconds = TimeUnit.NANOSECONDS.toSeconds(sinceDeath.elapsedNanos());
    assertTrue(seconds <= END_SECONDS, () -> "it took " + seconds + " s");
    RecordedRun kept = RunReader.read(shard.written("").orElseThrow());
    assertEquals(Verdict.FAILED, kept.run().validity().verdict());
  }

  private static NetworkNamespaceSet machines() throws InterruptedException {
    try {
      return NetworkNamespaceSet.of(SHARDS + 1);
    } catch (IOException e) {
      assumeTrue(false, "Network namespaces take root and iproute2: " + e.getMessage());
      throw new AssertionError(e);
    }
  }

  private static Process server(NetworkNamespaceSet machines) throws IOException {
    Path module = Path.of("../netty-baseline/target");
    List<String> command = new ArrayList<>(machines.prefix(SERVER));
    command.addAll(
        List.of(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "--enable-native-access=ALL-UNNAMED",
            "-XX:TieredStopAtLevel=1",
            "-cp",
            module.resolve("classes")
                + ":"
                + Files.readString(module.resolve("launch.classpath")).trim(),
            "dev.fanbench.baseline.NettyTarget",
            "--host",
            "0.0.0.0",
            "--port",
            "9001"));
    Process server =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.DISCARD).start();
    BufferedReader out =
        new BufferedReader(new InputStreamReader(server.getInputStream(), StandardCharsets.UTF_8));
    String line = out.readLine();
    while (line != null && !line.startsWith("READY")) {
      line = out.readLine();
    }
    assertTrue(line != null, "the server did not start");
    return server;
  }

  private RecordedRun measure(NetworkNamespaceSet machines) throws Exception {
    List<ForkedLoad> shards = start(machines, WORKLOAD);
    try {
      for (ForkedLoad shard : shards) {
        assertEquals(0, shard.exitCode(), shard::said);
      }
      return merged(shards);
    } finally {
      shards.forEach(ForkedLoad::close);
    }
  }

  private static RecordedRun merged(List<ForkedLoad> shards) throws IOException {
    return RunReader.read(shards.get(0).written("-shards").orElseThrow());
  }

  private List<ForkedLoad> start(NetworkNamespaceSet machines, String workload) throws IOException {
    List<ForkedLoad> shards = new ArrayList<>();
    for (int shard = 0; shard < SHARDS; shard++) {
      shards.add(
          ForkedLoad.start(
              Files.createDirectories(directory.resolve(String.valueOf(shard))),
              URI.create("ws://" + machines.address(SERVER) + ":9001/dev"),
              workload,
              machines.prefix(shard + 1),
              Map.of(
                  "JOB_COMPLETION_INDEX",
                  String.valueOf(shard),
                  "JOB_COMPLETIONS",
                  String.valueOf(SHARDS),
                  ShardMeeting.TOKEN,
                  "a secret of this run"),
              "pin=off",
              "peers=" + machines.address(1)));
    }
    return shards;
  }
}
