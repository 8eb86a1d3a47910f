package dev.fanbench.gatling.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.options.Options;
import dev.fanbench.gatling.options.TargetChoice;
import dev.fanbench.measurement.run.Arrival;
import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.RecordedPhase;
import dev.fanbench.measurement.run.RecordedRun;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Rooms whose members publish, on real servers. */
@Timeout(60)
class PublishersTest {

  @TempDir Path directory;

  @ParameterizedTest
  @ValueSource(strings = {"netty", "floor"})
  void membersThatPublishAreExpectedToReceiveTheOthers(String target) throws Exception {
    RecordedRun run =
        measured(
            target,
            """
            fanout = [
              { subscribers = 12, rooms = 2, count = 120, rate = 200, publishers = all }
              { subscribers = 12, rooms = 2, count = 40, rate = 200, publishers = 2 }
            ]
            """);

    check(run.phase("fanout-12-in-2-publishers-6").result(), 120, 5);
    check(run.phase("fanout-12-in-2-publishers-2").result(), 40, 5);
  }

  @Test
  void arrivalsOfABurstAreAllDeliveredAndHaveOneIntendedTime() throws Exception {
    RecordedRun run =
        measured(
            "netty",
            """
            arrivals = "burst:10"
            fanout = [ { subscribers = 4, count = 60, rate = 100, publishers = all } ]
            """);

    RecordedPhase phase = run.phase("fanout-4-publishers-4");
    check(phase.result(), 60, 3);
    assertEquals(10, phase.phase().burst());
    assertEquals(6, phase.arrivals().stream().map(Arrival::intendedAtNanos).distinct().count());
  }

  /** A text that is not as long as it was sent counts as cut. */
  @Test
  void eachPhaseHasTextsOfItsOwnSize() throws Exception {
    RecordedRun run =
        measured(
            "netty",
            """
            payloadBytes = [64, 16384]
            fanout = [ { subscribers = 4, count = 20, rate = 100 } ]
            """);

    PhaseResult small = run.phase("fanout-4-bytes-64").result();
    PhaseResult large = run.phase("fanout-4-bytes-16384").result();
    check(small, 20, 4);
    check(large, 20, 4);
    assertEquals(0, small.deliveryCount().cut() + large.deliveryCount().cut());
    assertTrue(received(small) < 80 * 512, () -> received(small) + " bytes");
    assertTrue(received(large) >= 80 * 16_384, () -> received(large) + " bytes");
  }

  private static double received(PhaseResult result) {
    return result.load().counters().get(PhaseResult.RECEIVED_BYTES);
  }

  @Test
  void onePublisherIsNoSubscriber() throws Exception {
    RecordedRun run =
        measured(
            "netty", "fanout = [ { subscribers = 6, count = 40, rate = 200, publishers = 1 } ]");

    check(run.phase("fanout-6").result(), 40, 6);
  }

  private RecordedRun measured(String target, String phases) throws Exception {
    Options options = ExperimentInTest.options(directory, "netty", phases);
    return ExperimentInTest.of(TargetChoice.named(options.home(), target), options).whole();
  }

  private static void check(PhaseResult result, int count, int fanOut) {
    DeliveryCount counted = result.deliveryCount();
    assertEquals(fanOut, result.phase().fanOut());
    assertEquals((long) count * fanOut, counted.expected(), counted::toString);
    assertEquals(counted.expected(), counted.delivered(), counted::toString);
    assertEquals(0, counted.unexpected() + counted.duplicates() + counted.late());
    assertTrue(counted.otherCopies() == 0 || counted.otherCopies() == count, counted::toString);
  }
}
