package dev.fanbench.gatling.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.options.BadOption;
import dev.fanbench.gatling.options.Options;
import dev.fanbench.gatling.options.TargetChoice;
import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.TargetDescription;
import dev.fanbench.measurement.workload.Outage;
import java.nio.file.Path;
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
