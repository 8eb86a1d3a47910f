package dev.fanbench.gatling.options;

import static dev.fanbench.gatling.options.Typed.ALL;
import static dev.fanbench.gatling.options.Typed.FANOUT;
import static dev.fanbench.gatling.options.Typed.measured;
import static dev.fanbench.gatling.options.Typed.names;
import static dev.fanbench.gatling.options.Typed.phase;
import static dev.fanbench.gatling.options.Typed.read;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.measurement.workload.ArrivalProcess;
import dev.fanbench.measurement.workload.Outage;
import dev.fanbench.measurement.workload.Phase;
import dev.fanbench.measurement.workload.PhaseKind;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is offered, of what a user types and what a workload file says. */
class OfferedPhasesTest {

  @Test
  void subscribersRateAndDurationMakeASweep() {
    Options options = read(FANOUT, "subscribers=10,500", "rate=20", "duration=30s");

    assertEquals(
        List.of(
            new Phase("fanout-10", PhaseKind.FANOUT, 10, 1, 600, 20, false).inBlocks(8),
            new Phase("fanout-500", PhaseKind.FANOUT, 500, 1, 600, 20, false).inBlocks(8)),
        measured(options));
  }

  @Test
  void silenceIsCutIntoBlocksForOneTargetToo() {
    Phase few = new Phase("idle-1000", PhaseKind.IDLE, 1_000, 1, 200, 10, false).inBlocks(8);
    Phase many = new Phase("idle-5000", PhaseKind.IDLE, 5_000, 1, 200, 10, false).inBlocks(8);

    assertEquals(List.of(few, many), measured(read(ALL, "workload=idle", "target=netty")));
    assertEquals(
        List.of(1_200, 1_200),
        measured(read(ALL, "workload=idle", "duration=2m")).stream().map(Phase::count).toList());
  }

  @Test
  void connectionsSetTheNumbersOfSilentConnections() {
    assertEquals(
        List.of("idle-30", "idle-5000"),
        names(read(ALL, "workload=idle", "connections=30,5000", "target=netty")));
    assertEquals(
        List.of(200, 200),
        measured(read(ALL, "workload=idle", "connections=30,5000")).stream()
            .map(Phase::count)
            .toList());
    assertEquals(
        List.of("idle-40", "fanout-10"),
        names(
            read(
                ALL,
                "workload=payloads",
                "subscribers=10",
                "payloadBytes=64",
                "connections=40",
                "duration=10s")));
  }

  @Test
  void eachSubscriberIsAMemberOfAsManyRoomsAsAreTyped() {
    Options options =
        read(
            FANOUT,
            "subscribers=30",
            "rooms=10",
            "roomsPerClient=2",
            "target=ws://127.0.0.1:1",
            "dialect=socketio");
    Phase phase = measured(options).get(0);

    assertEquals("fanout-30-in-10-each-in-2", phase.name());
    assertEquals(6, phase.membersOfRoom());
    assertEquals(30, phase.subscribers());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "netty | roomsPerClient=2 | roomsPerClient=2 is not allowed; roomsPerClient takes 1 with dialect fanbench, whose clients are in one room at a time.",
        "socketio | roomsPerClient=11 | roomsPerClient=11 is not allowed; roomsPerClient takes 1 to 10 with rooms=10 and subscribers=30.",
        "socketio | roomsPerClient=3 subscribers=31 | rooms=10 does not divide subscribers=31 times roomsPerClient=3 evenly.",
        "socketio | roomsPerClient=2 outage=killed | roomsPerClient=2 is not allowed; roomsPerClient takes 1 in a phase with an outage.",
        "socketio | roomsPerClient=0 | roomsPerClient=0 is not allowed; roomsPerClient takes a whole number from 1 to 1000000.",
      })
  void severalRoomsThatCannotBeAreOneSentence(String target, String options, String sentence) {
    String all = "target=" + target + " subscribers=30 rooms=10 " + options;
    BadOption bad = assertThrows(BadOption.class, () -> read(FANOUT, all.split(" ")));
    assertEquals(sentence, bad.getMessage());
  }

  @Test
  void aSectionThatADialectCannotDoIsLeftOut() {
    Options chats = read(FANOUT, "workload=supabase", "target=netty");
    assertEquals(List.of("fanout-30-in-10-each-in-2-publishers-6"), chats.leftOut());
    Options socketio = read(FANOUT, "workload=supabase", "target=socketio");
    assertEquals(List.of(), socketio.leftOut());
    assertEquals(5, measured(socketio).get(2).fanOut());
  }

  @Test
  void aSweptSizeWithoutARateIsOfferedFourThousandDeliveriesASecond() {
    Phase phase = measured(read(FANOUT, "subscribers=400")).get(0);

    assertEquals(10, phase.ratePerSecond());
    assertEquals(100, phase.count());
  }

  @Test
  void anOutageIsOfTheListAndOfASizeThatItDoesNotNameAndOfWhatIsTyped() {
    assertEquals(List.of("fanout-1000-killed"), names(read(FANOUT, "workload=reconnect-storm")));
    assertEquals(
        List.of("fanout-200-graceful"),
        names(read(FANOUT, "workload=reconnect-storm", "subscribers=200", "outage=graceful")));
    assertEquals(
        List.of("fanout-200-killed"),
        names(read(FANOUT, "workload=reconnect-storm", "subscribers=200")));
    assertEquals(Outage.NONE, measured(read(FANOUT, "workload=quick")).get(0).outage());
  }

  @Test
  void rateTunesPublicationsAndLeavesConnectsAloneWhenBothAreMeasured() {
    Options options = read(ALL, "rate=5");

    assertEquals(200, phase(options, "connect").ratePerSecond());
    assertEquals(5, phase(options, "fanout-10").ratePerSecond());
  }

  @Test
  void rateTunesConnectsWhenTheyAreAllThereIs() {
    Options options = read(EnumSet.of(PhaseKind.CONNECT), "rate=50", "duration=2s");

    assertEquals(100, phase(options, "connect").count());
  }

  @Test
  void integrationStylesAreMeasuredColdFirstAndThenWarm() {
    Options options = read(EnumSet.of(PhaseKind.CONNECT, PhaseKind.ECHO), "workload=integrations");

    assertEquals(
        List.of("lambda-proxy", "lambda", "http-proxy", "http"),
        options.targets().stream().map(t -> options.serverless(t).get("integration")).toList());
    assertEquals(
        List.of("cold-connect", "cold-echo", "warm-up-connect", "warm-up-echo", "connect", "echo"),
        options.workload().phases().stream().map(Phase::name).toList());
    assertEquals(20, phase(options, "cold-echo").count());
    assertEquals(
        List.of("cold-connect", "cold-echo"),
        options.workload().phases().stream()
            .filter(options.workload()::isCold)
            .map(Phase::name)
            .toList());
  }

  @Test
  void publishersAreOfTheRoomsMembersAndWhatIsTypedIsForAllPhases() {
    Options typed =
        read(FANOUT, "workload=quick", "subscribers=12,60", "publishers=all", "rooms=2");
    assertEquals(
        List.of("fanout-12-in-2-publishers-6", "fanout-60-in-2-publishers-30"), names(typed));
    assertEquals(30, measured(typed).get(1).publishingMembers());
    Phase warmUp = typed.workload().phases().get(0);
    assertTrue(warmUp.warmUp());
    assertTrue(warmUp.publishingMembers() > 0);
    assertEquals(
        List.of("fanout-12"),
        names(read(FANOUT, "workload=quick", "subscribers=12", "publishers=1")));
    assertEquals(
        "publishers=7 is not allowed; publishers takes 1 to 6 in rooms of 6.",
        assertThrows(
                BadOption.class, () -> read(FANOUT, "subscribers=12", "rooms=2", "publishers=7"))
            .getMessage());
    assertEquals(
        "publishers=all is not allowed; publishers takes 1 in rooms of 1.",
        assertThrows(BadOption.class, () -> read(FANOUT, "subscribers=1", "publishers=all"))
            .getMessage());
    assertEquals(
        "publishers=all is not allowed; publishers takes 1 to 1000 in rooms of 10000.",
        assertThrows(BadOption.class, () -> read(FANOUT, "subscribers=10000", "publishers=all"))
            .getMessage());
  }

  @Test
  void aShareOfTheMembersPublishesAndAtLeastOne() {
    assertEquals(
        List.of("fanout-10-publishers-1", "fanout-100-publishers-5"),
        names(read(FANOUT, "workload=quick", "subscribers=10,100", "publishers=5%")));
    for (String wrong : List.of("0%", "101%", "5.%", "-5%", "five")) {
      assertEquals(
          "publishers="
              + wrong
              + " is not allowed; publishers takes 1 (one that is no subscriber), all (each member),"
              + " a number of members from 2, or a share of them such as 20%.",
          assertThrows(BadOption.class, () -> read(FANOUT, "publishers=" + wrong)).getMessage());
    }
  }

  @Test
  void burstsAreOfAllPhasesAndOfTheWarmUp() {
    Options options = read(FANOUT, "workload=quick", "arrivals=burst:10");
    assertEquals(ArrivalProcess.BURST, options.workload().arrivals());
    assertEquals("burst:10", options.workload().arrivalText());
    options.workload().phases().forEach(phase -> assertEquals(10, phase.burst(), phase.name()));
    for (String wrong : List.of("burst", "burst:1", "burst:10001", "burst:x")) {
      assertEquals(
          "arrivals=" + wrong + " is not allowed; arrivals takes " + ArrivalChoice.ALLOWED + ".",
          assertThrows(BadOption.class, () -> read(FANOUT, "arrivals=" + wrong)).getMessage());
    }
  }

  @Test
  void aListOfPayloadSizesMakesAFanOutPhaseOfEach() {
    Options options = read(ALL, "workload=quick", "subscribers=10", "payloadBytes=64,1024,16384");
    assertEquals(
        List.of(
            "connect",
            "echo",
            "chat",
            "fanout-10-bytes-64",
            "fanout-10-bytes-1024",
            "fanout-10-bytes-16384"),
        names(options));
    assertEquals(1_024, options.workload().payloadBytes(phase(options, "fanout-10-bytes-1024")));
    assertEquals(64, options.workload().payloadBytes(phase(options, "echo")));
    assertEquals(16_384, phase(options, "warm-up-fanout-10-bytes-16384").payloadBytes());
    Options one = read(FANOUT, "workload=quick", "subscribers=10", "payloadBytes=256");
    assertEquals(List.of("fanout-10"), names(one));
    assertEquals(256, one.workload().payloadBytes(phase(one, "fanout-10")));
  }
}
