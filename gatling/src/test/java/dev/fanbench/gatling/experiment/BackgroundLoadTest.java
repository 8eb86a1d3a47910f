package dev.fanbench.gatling.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.faulty.Fault;
import dev.fanbench.gatling.faulty.FaultyTarget;
import dev.fanbench.gatling.options.Options;
import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.PhaseResult;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.workload.BackgroundLoad;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Background clients change no count but the copies that reached others. */
@Timeout(60)
class BackgroundLoadTest {

  @TempDir Path directory;

  @Test
  void thoseWhoComeAndGoAndThoseWhoDoNotReadAreNotMeasured() throws Exception {
    RecordedRun run =
        measure(
            new Fault.None(),
            "fanout = [ { subscribers = 5, count = 60, rate = 100, churn = 20, slow = 2 } ]");

    PhaseResult result = run.phase("fanout-5-churn-20-slow-2").result();
    assertEquals(new BackgroundLoad(20, 2, 0), result.phase().background());
    DeliveryCount deliveryCount = result.deliveryCount();
    assertEquals(300, deliveryCount.expected());
    assertEquals(300, deliveryCount.delivered());
    assertEquals(0, deliveryCount.lostConnections());
    assertTrue(result.load().counters().containsKey(BackgroundLoad.JOINED));
    assertEquals(0.0, result.load().counters().get(BackgroundLoad.REFUSED));
  }

  /** A second phase would see what the first one still asks for. */
  @Test
  void thoseWhoAreRefusedAreCountedAndDoNotComeAgain() throws Exception {
    try (FaultyTarget target = FaultyTarget.start(new Fault.Full(12))) {
      Options options =
          ExperimentInTest.options(
              directory,
              target.url().toString(),
              """
              fanout = [
                { subscribers = 11, count = 60, rate = 60, churn = 20 }
                { subscribers = 2, count = 60, rate = 60 }
              ]
              """);
      RecordedRun run = ExperimentInTest.of(options.targets().get(0), options).whole();

      Map<String, Double> counters = run.phase("fanout-11-churn-20").result().load().counters();
      assertTrue(target.refused() > 10, () -> target.refused() + " came");
      assertEquals((double) target.refused(), counters.get(BackgroundLoad.REFUSED));
      assertEquals(0.0, counters.get(BackgroundLoad.JOINED));
    }
  }

  @Test
  void whatIsSaidInRoomsBesideIsCountedAndNotMeasured() throws Exception {
    RecordedRun run =
        measure(
            new Fault.None(),
            "fanout = [ { subscribers = 5, count = 60, rate = 100, chatter = 50 } ]");

    PhaseResult result = run.phase("fanout-5-chatter-50").result();
    DeliveryCount deliveryCount = result.deliveryCount();
    assertEquals(300, deliveryCount.delivered());
    assertEquals(0, deliveryCount.unexpected());
    double said = result.load().counters().get(BackgroundLoad.SAID);
    assertTrue(said >= 1 && said <= 100, () -> said + " messages");
    assertEquals(0.0, result.load().counters().get(BackgroundLoad.UNSAID));
    // One more may be on its way to the loop that says it.
    double heard = (said + 1) * (BackgroundLoad.MEMBERS_BESIDE - 1);
    assertTrue(
        deliveryCount.otherCopies() > 0 && deliveryCount.otherCopies() <= heard,
        deliveryCount::toString);
  }

  @Test
  void partsOfAPhaseHaveConnectionsOfTheirOwn() throws Exception {
    RecordedRun run =
        measure(
            new Fault.None(),
            "fanout = [ { subscribers = 4, rooms = 2, count = 10, rate = 100, parts = 3 } ]");

    assertEquals(
        List.of("fanout-4-in-2-part-1", "fanout-4-in-2-part-2", "fanout-4-in-2-part-3"),
        run.phases().stream().map(p -> p.phase().name()).toList());
    run.phases().forEach(p -> assertEquals(20, p.result().deliveryCount().delivered()));
  }

  @Test
  void aListOfConnectsIsARamp() throws Exception {
    RecordedRun run =
        measure(
            new Fault.None(),
            "connect = [ { count = 10, rate = 100 }, { count = 20, rate = 200 } ]");

    assertEquals(
        List.of("connect-100", "connect-200"),
        run.phases().stream().map(p -> p.phase().name()).toList());
    assertEquals(20, run.phase("connect-200").result().deliveryCount().delivered());
  }

  private RecordedRun measure(Fault fault, String phases) throws Exception {
    try (FaultyTarget target = FaultyTarget.start(fault)) {
      Options options = ExperimentInTest.options(directory, target.url().toString(), phases);
      return ExperimentInTest.of(options.targets().get(0), options).whole();
    }
  }
}
