package dev.fanbench.gatling.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.faulty.Fault;
import dev.fanbench.gatling.faulty.FaultyTarget;
import dev.fanbench.gatling.options.Options;
import dev.fanbench.measurement.run.DeliveryCount;
import dev.fanbench.measurement.run.RecordedPhase;
import dev.fanbench.measurement.run.RecordedRun;
import dev.fanbench.measurement.run.Series;
import dev.fanbench.measurement.run.Validity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Anybody's server: no rooms, no commands, every text to everyone, its sender included. */
@Timeout(60)
class PlainServerTest {
  private static final String PHASES =
      """
      connect { count = 20, rate = 100 }
      echo { count = 20, rate = 100, clients = 2 }
      chat { count = 20, rate = 100, rooms = 2 }
      fanout = [ { subscribers = 1, count = 40, rate = 100 }
                 { subscribers = 5, count = 40, rate = 100, churn = 20 } ]
      """;

  @TempDir Path directory;

  @Test
  void isMeasuredWithoutAJoinAndItsSendersCopiesAreNoDeliveries() throws Exception {
    try (FaultyTarget target = FaultyTarget.start(new Fault.Roomless())) {
      RecordedRun run = measure(target, "dialect = plain\n" + PHASES);

      assertEquals("plain", run.run().target().settings().get("dialect"));
      assertTrue(target.publications() >= 82, "publications, and a probe in each room");
      DeliveryCount alone = run.phase("fanout-1").result().deliveryCount();
      assertEquals(40, alone.delivered());
      assertEquals(40, alone.otherCopies(), "one copy of each publication to its own sender");
      RecordedPhase room = run.phase("fanout-5-churn-20");
      assertEquals(200, room.result().deliveryCount().delivered());
      assertTrue(room.result().deliveryCount().clean(), room.result().deliveryCount().toString());
      assertEquals(20, run.phase("connect").result().deliveryCount().delivered());
      assertTrue(run.phase("connect").series(Series.TLS_HANDSHAKE).isEmpty(), "no TLS");
      assertEquals(3, run.phases().size(), "echo and chat are left out");
    }
  }

  @Test
  void mayKeepTheTextFromItsSender() throws Exception {
    try (FaultyTarget target = FaultyTarget.start(new Fault.None())) {
      DeliveryCount deliveryCount =
          measure(
                  target,
                  "dialect = plain\nfanout = [ { subscribers = 3, count = 40, rate = 100 } ]")
              .phase("fanout-3")
              .result()
              .deliveryCount();

      assertEquals(120, deliveryCount.delivered());
      assertEquals(0, deliveryCount.otherCopies());
      assertTrue(deliveryCount.clean(), deliveryCount.toString());
    }
  }

  /** A third of all copies is lost, each time others, so that one probe is not enough. */
  @Test
  void isMeasuredWhenAProbeHasReachedEachMember() throws Exception {
    try (FaultyTarget target = FaultyTarget.start(new Fault.Drop(3))) {
      DeliveryCount deliveryCount =
          measure(
                  target,
                  "dialect = plain\nfanout = [ { subscribers = 4, count = 40, rate = 100 } ]")
              .phase("fanout-4")
              .result()
              .deliveryCount();
      assertEquals(160, deliveryCount.expected());
      long missing = deliveryCount.missing();
      assertTrue(missing == 53 || missing == 54, deliveryCount::toString);
      assertTrue(target.publications() > 41, "more than one probe");
    }
  }

  @Test
  void thatLetsNoProbeThroughIsNotMeasured() throws Exception {
    Path dialect =
        Files.writeString(
            directory.resolve("deaf.conf"),
            "join { probe = true }, publish { send = \"${text}\" }, timeout = 500ms");
    try (FaultyTarget target = FaultyTarget.start(new Fault.Drop(1))) {
      Options options =
          options(
              target.url().toString(),
              "dialect = \""
                  + dialect
                  + "\"\nfanout = [ { subscribers = 2, count = 40, rate = 100 } ]");
      ExperimentInTest run = ExperimentInTest.of(options.targets().get(0), options);
      run.whole();
      String reason = run.failure().orElseThrow();
      assertTrue(reason.contains("phase fanout-2 could not begin: 3 of 3 members of #"), reason);
      assertTrue(reason.contains("received no probe within 500 ms"), reason);
    }
  }

  @Test
  void thatHangsUpOnAllClientsIsSaidToRejectThem() throws Exception {
    assertRejected(
        "fanout = [ { subscribers = 3, count = 40, rate = 100 } ]",
        "phase fanout-3: after their 101 the target ended 4 of 4 connections and delivered nothing:");
    assertRejected(
        "connect { count = 20, rate = 100 }",
        "phase connect: after their 101 the target ended 20 of 20 connections:");
  }

  private void assertRejected(String phases, String words) throws Exception {
    try (FaultyTarget target = FaultyTarget.start(new Fault.HangUp(1008))) {
      Options options = options(target.url().toString(), "dialect = plain\n" + phases);
      ExperimentInTest run = ExperimentInTest.of(options.targets().get(0), options);
      RecordedRun recorded = run.whole();
      String label = recorded.run().target().label();
      String reason =
          label
              + ": "
              + words
              + " the target closed the connection with 1008. The dialect or the URL may be wrong.";
      assertEquals(Optional.of(reason), run.failure());
      assertEquals(List.of(reason), recorded.run().validity().reasons());
      assertEquals(Validity.Verdict.FAILED, recorded.run().validity().verdict());
    }
  }

  private RecordedRun measure(FaultyTarget target, String phases) throws Exception {
    Options options = options(target.url().toString(), phases);
    return ExperimentInTest.of(options.targets().get(0), options).whole();
  }

  private Options options(String target, String phases) throws Exception {
    return ExperimentInTest.options(directory, target, phases);
  }
}
