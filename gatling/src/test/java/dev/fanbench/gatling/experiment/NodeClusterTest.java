package dev.fanbench.gatling.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.options.BadOption;
import dev.fanbench.gatling.options.Options;
import dev.fanbench.gatling.options.TargetChoice;
import dev.fanbench.gatling.target.Pinning;
import dev.fanbench.gatling.target.Target;
import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.TargetDescription;
import dev.fanbench.measurement.workload.Outage;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Two nodes of the in-memory server and the Redis between them, as one target. */
@Timeout(60)
class NodeClusterTest {
  @TempDir Path directory;

  @Test
  void membersOfBothNodesHearEverythingOnce() throws Exception {
    Options options =
        ExperimentInTest.options(
            directory,
            "netty",
            "nodes = 2, fanout = [ { subscribers = 10, count = 50, rate = 100 } ]");
    long before = children();
    RecordedRun recorded =
        ExperimentInTest.of(TargetChoice.named(options.home(), "netty"), options).whole();
    PhaseResult result = recorded.measured().get(0).result();
    DeliveryCount count = result.deliveryCount();
    assertEquals(500, count.delivered());
    assertEquals(0, count.missing());
    assertEquals(0, count.duplicates());
    assertEquals(0, count.outOfOrder());
    Map<String, Double> counters = result.target().counters();
    assertEquals(50, counters.get("relay.published"));
    assertEquals(50, counters.get("relay.delivered"), "one node has the publisher");
    assertEquals(500, counters.get("deliveries.sent"));
    assertEquals(0, counters.get("relay.dropped"));
    assertEquals(250, result.load().counters().get(PhaseResult.OTHER_NODE_DELIVERIES));
    assertEquals(250, samples(recorded, Series.OTHER_NODE));
    assertEquals(250, samples(recorded, Series.SAME_NODE));
    assertTrue(result.target().cpuNanosByGroup().get("store") > 0, "CPU of Redis");
    assertTrue(result.target().cpuNanosByGroup().get("loops") > 0);
    TargetDescription target = recorded.run().target();
    assertEquals("netty", target.label());
    assertEquals("2", target.settings().get("nodes"));
    assertTrue(target.settings().get("arguments").endsWith("--redis {redis}"));
    assertEquals(before, children(), "nodes and Redis are gone");
  }

  @Test
  void membersOfAKilledNodeComeBack() throws Exception {
    Options options =
        ExperimentInTest.options(
            directory,
            "netty",
            """
            nodes = 2
            fanout = [ { subscribers = 20, rooms = 2, count = 400, rate = 40, outage = killed } ]
            """);
    ExperimentInTest run =
        ExperimentInTest.of(TargetChoice.named(options.home(), "netty"), options);
    RecordedRun recorded = run.whole();
    assertFalse(run.failure().isPresent(), "a node that is stopped has not died");
    PhaseResult result = recorded.measured().get(0).result();
    DeliveryCount count = result.deliveryCount();
    assertTrue(count.balance());
    assertEquals(0, count.duplicates());
    assertEquals(11, count.lostConnections(), "half of the members, and one publisher");
    Map<String, Double> counters = result.load().counters();
    assertTrue(counters.get(Outage.ALL_BACK_NANOS) > 0);
    assertTrue(
        counters.get(Outage.ALL_BACK_NANOS) < counters.get(Outage.DOWN_NANOS),
        "back on the other node before the killed one is up");
  }

  @Test
  void aPoolIsOneTargetWithSeveralAddresses() throws Exception {
    String phases = "nodes = 2, fanout = [ { subscribers = 10, count = 20, rate = 100 } ]";
    Options options = ExperimentInTest.options(directory, "netty", phases);
    try (Target nodes =
        Target.start(TargetChoice.named(options.home(), "netty"), options, Pinning.off("test"))) {
      List<URI> urls = nodes.urls();
      Options pooled =
          ExperimentInTest.options(
              directory,
              urls.get(0).toString(),
              "pool = \"%s\", fanout = [ { subscribers = 10, count = 20, rate = 100 } ]"
                  .formatted(urls.get(1)));
      TargetChoice.Remote pool = (TargetChoice.Remote) pooled.targets().get(0);
      assertEquals(urls, pool.urls());
      RecordedRun recorded = ExperimentInTest.of(pool, pooled).whole();
      assertEquals(200, recorded.measured().get(0).result().deliveryCount().delivered());
      assertEquals(100, samples(recorded, Series.OTHER_NODE));
      assertEquals(urls.get(0) + ", " + urls.get(1), recorded.run().target().url());
      assertEquals(10.0, nodes.counters().get("connections.opened") - 1, "one more publishes");
    }
  }

  private static long samples(RecordedRun recorded, Series series) {
    return recorded.measured().get(0).series(series).orElseThrow().histogram().getTotalCount();
  }

  @Test
  void nodesNeedAServerThatCanBeOne() {
    BadOption refused =
        assertThrows(
            BadOption.class,
            () ->
                ExperimentInTest.options(
                    directory,
                    "node",
                    "nodes = 2, fanout = [ { subscribers = 2, count = 60, rate = 100 } ]"));
    assertEquals(
        "nodes=2 is for servers with nodeArguments in their server.conf; say target=netty too.",
        refused.getMessage());
  }

  private static long children() {
    return ProcessHandle.current().descendants().count();
  }
}
