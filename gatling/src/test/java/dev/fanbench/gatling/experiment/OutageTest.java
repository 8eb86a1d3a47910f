package dev.fanbench.gatling.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.options.BadOption;
import dev.fanbench.gatling.options.Options;
import dev.fanbench.gatling.options.TargetChoice;
import dev.fanbench.measurement.record.ArrivalListener;
import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.workload.Outage;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A target that goes and comes back on its port, as a process of its own. */
@Timeout(60)
class OutageTest {

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"killed", "graceful"})
  void everybodyIsBackAndWhatTheyMissedIsAccountedFor(String outage) throws Exception {
    // Ten seconds for the start of a JVM and the longest pauses before clients try again.
    Options options =
        ExperimentInTest.options(
            directory,
            "netty",
            """
            fanout = [
              { subscribers = 20, rooms = 2, count = 400, rate = 20, outage = %s }
              { subscribers = 5, count = 20, rate = 100 }
            ]
            """
                .formatted(outage));
    ExperimentInTest run =
        ExperimentInTest.of(TargetChoice.named(options.home(), "floor"), options);
    Set<Long> pids = new HashSet<>();
    RecordedRun recorded =
        run.whole(
            phase -> {
              pids.add(run.pid());
              return ArrivalListener.none();
            });

    assertFalse(run.failure().isPresent(), "a target that is stopped has not died");
    assertEquals(2, pids.size());
    PhaseResult result = recorded.phase("fanout-20-in-2-" + outage).result();
    DeliveryCount deliveryCount = result.deliveryCount();
    assertTrue(deliveryCount.balance());
    assertEquals(400, deliveryCount.sent() + deliveryCount.failed());
    assertEquals(10 * deliveryCount.sent(), deliveryCount.expected());
    assertEquals(0, deliveryCount.missing());
    assertEquals(0, deliveryCount.unexpected());
    assertEquals(22, deliveryCount.lostConnections());
    assertTrue(deliveryCount.failed() > 0, "its publishers were away too");
    assertEquals(
        20,
        recorded
            .phase(result.phase().name())
            .series(Series.RECONNECT)
            .orElseThrow()
            .histogram()
            .getTotalCount());
    Map<String, Double> counters = result.load().counters();
    assertTrue(counters.get(Outage.TRIES) > 22, "some came too early");
    assertTrue(counters.get(Outage.ALL_BACK_NANOS) > 0);
    assertTrue(counters.get(Outage.DOWN_NANOS) > 0);
    assertNull(result.target(), "two processes have no CPU together");
    PhaseResult after = recorded.phase("fanout-5").result();
    assertNotNull(after.target());
    assertEquals(100, after.deliveryCount().delivered());
  }

  @Test
  void aRemoteTargetCannotBeStopped() {
    BadOption refused =
        assertThrows(
            BadOption.class,
            () ->
                ExperimentInTest.options(
                    directory,
                    "ws://127.0.0.1:9/dev",
                    "fanout = [ { subscribers = 2, count = 60, rate = 100, outage = killed } ]"));
    assertTrue(refused.getMessage().startsWith("outage is for targets that fanbench starts"));
  }
}
