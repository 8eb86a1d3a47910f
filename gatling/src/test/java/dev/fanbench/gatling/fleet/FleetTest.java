package dev.fanbench.gatling.fleet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.gatling.faulty.Fault;
import dev.fanbench.gatling.faulty.FaultyTarget;
import dev.fanbench.measurement.clock.SystemNanoClock;
import dev.fanbench.measurement.run.FailureInterval;
import dev.fanbench.measurement.run.PhaseResult;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@Timeout(30)
class FleetTest {
  private static final StampedText TEXT = StampedText.chat(0, 64);

  @Test
  void loopsAreNamedAndHaveTimers() throws Exception {
    try (Fleet fleet = Fleet.open(options(URI.create("ws://127.0.0.1:1")).withLoops(3))) {
      assertEquals(3, fleet.loops());
      for (int i = 0; i < 3; i++) {
        String name = fleet.executor(i).submit(() -> Thread.currentThread().getName()).get();
        assertEquals("loop-" + i, name);
      }
    }
  }

  @Test
  void seatsAreTakenInOrderOverAllLoops() throws Exception {
    try (FaultyTarget target = FaultyTarget.start(new Fault.None());
        Fleet fleet = Fleet.open(options(target.url()).withLoops(2))) {
      List<Integer> progress = new ArrayList<>();
      List<Client> clients =
          complete(fleet, ClientSlot.subscribers(20, List.of("a", "b")), 3, progress);
      assertEquals(IntStream.rangeClosed(1, 20).boxed().toList(), progress);
      for (int i = 0; i < 20; i++) {
        assertEquals(new StampMeaning.Subscriber(i), clients.get(i).role());
        assertEquals(i % 2, clients.get(i).loop());
      }
      assertEquals(20, fleet.openClients().get());
      fleet.closeAll().get(5, TimeUnit.SECONDS);
      assertEquals(0, fleet.openClients().get());
    }
  }

  @Test
  void noSeatsAreTakenAtOnce() throws Exception {
    try (Fleet fleet = Fleet.open(options(URI.create("ws://127.0.0.1:1")))) {
      assertEquals(
          new JoinResult.Complete(List.of()), fleet.joinAll(List.of(), 1, joined -> {}).get());
      assertThrows(IllegalArgumentException.class, () -> fleet.joinAll(List.of(), 0, joined -> {}));
    }
  }

  @Test
  void aTargetThatIsOverwhelmedIsAskedAgain() throws Exception {
    try (RawTarget target = new RawTarget();
        Fleet fleet = Fleet.open(options(target.url()))) {
      CompletableFuture<JoinResult> joinResult =
          fleet.joinAll(ClientSlot.subscribers(1, List.of("r")), 1, joined -> {});
      target.refuse(429);
      target.refuse(502);
      target.refuse(503);
      target.accept();
      target.readFrame();
      target.sendText(
          "{\"message\": \"Too Many Requests\", \"connectionId\":\"a\", \"requestId\":\"b\"}");
      target.readFrame();
      target.sendText("Changed to #r");
      assertInstanceOf(JoinResult.Complete.class, joinResult.get(10, TimeUnit.SECONDS));
      List<FailureInterval> refused = fleet.takeRefusedJoins();
      assertEquals(
          4, refused.stream().mapToLong(FailureInterval::count).sum(), "three connects and a join");
      // They are tried again after 250 ms each, and an interval has 125 ms.
      assertEquals(4, refused.size(), refused::toString);
      for (FailureInterval each : refused) {
        assertEquals(PhaseResult.REFUSED_JOIN, each.kind());
        assertTrue(each.startNanos() <= SystemNanoClock.INSTANCE.nanoTime(), each::toString);
      }
      assertEquals(List.of(), fleet.takeRefusedJoins());
    }
  }

  @Test
  void aTargetThatRefusesForGoodIsNot() throws Exception {
    try (RawTarget target = new RawTarget();
        Fleet fleet = Fleet.open(options(target.url()))) {
      CompletableFuture<JoinResult> joinResult =
          fleet.joinAll(ClientSlot.subscribers(1, List.of("r")), 1, joined -> {});
      target.refuse(403);
      assertInstanceOf(JoinResult.Incomplete.class, joinResult.get(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void eachUserOfAFileIsConnectedOnceInEachPhase() throws Exception {
    Set<String> names = Set.of("ada", "bob", "cleo");
    IdentityTable users =
        IdentityTable.of(
            names.stream()
                .map(name -> new ClientIdentity(name, "", "", Map.of("X-User", name)))
                .toList());
    try (RawTarget target = new RawTarget();
        Fleet fleet = Fleet.open(options(target.url()).withLoops(2).withIdentities(users))) {
      for (int phase = 1; phase <= 3; phase++) {
        List<String> connected = new ArrayList<>();
        for (int i = 0; i < names.size(); i++) {
          Connecting connecting = new Connecting();
          fleet.connect(i % 2, new ClientSlot(new StampMeaning.Publisher(), "r"), connecting);
          target.accept();
          String behind = target.request().split("X-User: ", 2)[1];
          connected.add(behind.substring(0, behind.indexOf('\r')));
          assertInstanceOf(Client.class, connecting.outcome());
        }
        assertEquals(names, Set.copyOf(connected), "phase " + phase);
        fleet.closeAll().get(10, TimeUnit.SECONDS);
      }
    }
  }

  @Test
  void aTextReachesItsRoomAndOtherPublishersApart() throws Exception {
    try (FaultyTarget target = FaultyTarget.start(new Fault.None());
        Fleet fleet = Fleet.open(options(target.url()))) {
      Tally tally = new Tally();
      fleet.record(loop -> tally).get();
      complete(fleet, ClientSlot.subscribers(6, List.of("a", "b")), 64, new ArrayList<>());
      List<Client> publishers =
          complete(fleet, ClientSlot.publishers(List.of("a", "a", "b")), 64, new ArrayList<>());
      send(publishers.get(0), 0);
      tally.await(3);
      // Its answer comes behind the copy.
      publishers.get(1).join("c").get();
      assertEquals(1, tally.otherCopies());
    }
  }

  @Test
  void aRequestIsAnsweredToItsAskerAlone() throws Exception {
    try (FaultyTarget target = FaultyTarget.start(new Fault.None());
        Fleet fleet = Fleet.open(options(target.url()))) {
      Tally tally = new Tally();
      fleet.record(loop -> tally).get();
      complete(fleet, ClientSlot.subscribers(3, List.of("a")), 64, new ArrayList<>());
      Client asker = Connecting.client(fleet, new StampMeaning.RoundTrip(5));
      StampedText rpc = asker.executor().submit(() -> asker.request(0, 64)).get();
      assertEquals(
          SendOutcome.SENT,
          asker.executor().submit(() -> asker.send(rpc, 0, 0, (n, at) -> {})).get());
      tally.await(1);
      assertEquals(5, tally.lastSubscriber());
      assertEquals(0, tally.others());
    }
  }

  @Test
  void aNewRecorderGetsAllThatFollowsAndNothingElse() throws Exception {
    try (FaultyTarget target = FaultyTarget.start(new Fault.None());
        Fleet fleet = Fleet.open(options(target.url()))) {
      complete(fleet, ClientSlot.subscribers(10, List.of("a")), 64, new ArrayList<>());
      Client publisher =
          complete(fleet, ClientSlot.publishers(List.of("a")), 1, new ArrayList<>()).get(0);
      Tally first = new Tally();
      fleet.record(loop -> first).get();
      send(publisher, 0);
      first.await(10);
      Tally second = new Tally();
      fleet.record(loop -> second).get();
      send(publisher, 1);
      second.await(10);
      assertEquals(10, first.delivered());
    }
  }

  @Test
  void aStoppingTargetIsNamedByItsCloseCode() throws Exception {
    try (FaultyTarget target = FaultyTarget.start(new Fault.None());
        Fleet fleet = Fleet.open(options(target.url()))) {
      CountDownLatch lost = new CountDownLatch(10);
      fleet.onLostConnection(
          loss -> {
            if (loss.closeCode() == 1001) {
              lost.countDown();
            }
          });
      complete(fleet, ClientSlot.subscribers(10, List.of("a")), 64, new ArrayList<>());
      target.stopServing();
      assertTrue(lost.await(10, TimeUnit.SECONDS));
    }
  }

  @Test
  void closingDoesNotWaitForATargetThatStandsStill() throws Exception {
    Fault stall = new Fault.Stall(1, Duration.ofSeconds(4));
    try (FaultyTarget target = FaultyTarget.start(stall);
        Fleet fleet = Fleet.open(options(target.url()))) {
      complete(fleet, ClientSlot.subscribers(50, List.of("a")), 64, new ArrayList<>());
      Client publisher =
          complete(fleet, ClientSlot.publishers(List.of("a")), 1, new ArrayList<>()).get(0);
      send(publisher, 0);
      fleet.closeAll().get(3, TimeUnit.SECONDS);
      assertEquals(0, fleet.openClients().get());
    }
  }

  /**
   * The loop is held up until a whole room can be read; then a timer comes due: during the first
   * turn at the latest, so that a second one may have begun, but never a room of 200.
   */
  @Test
  @EnabledOnOs(
      value = OS.LINUX,
      architectures = "amd64",
      disabledReason = "only epoll, shipped for these, bounds how many sockets a turn reads")
  void timersTakeTheirTurnWhileARoomIsRead() throws Exception {
    assertEquals(ClientTransport.EPOLL, ClientTransport.best());
    try (FaultyTarget target = FaultyTarget.start(new Fault.None());
        Fleet fleet = Fleet.open(options(target.url()).withLoops(1));
        Fleet publishers = Fleet.open(options(target.url()))) {
      Tally tally = new Tally();
      fleet.record(loop -> tally).get();
      complete(fleet, ClientSlot.subscribers(200, List.of("a")), 64, new ArrayList<>());
      List<Client> publisher =
          complete(publishers, ClientSlot.publishers(List.of("a")), 1, new ArrayList<>());
      CountDownLatch allSent = new CountDownLatch(1);
      CompletableFuture<Long> seen = new CompletableFuture<>();
      fleet
          .executor(0)
          .execute(
              () -> {
                await(allSent);
                var unused =
                    fleet
                        .executor(0)
                        .schedule(() -> seen.complete(tally.delivered()), 1, TimeUnit.MICROSECONDS);
              });
      send(publisher.get(0), 0);
      // A target answers one client in order: what the text caused has been written by then.
      publisher.get(0).join("b").get();
      allSent.countDown();
      long before = seen.get(10, TimeUnit.SECONDS);
      assertTrue(before <= 2 * ClientTransport.EVENTS_AT_ONCE, before + " frames before the timer");
      tally.await(200);
    }
  }

  @Test
  void badOptionsNameTheirKey() {
    FleetOptions good = options(URI.create("ws://127.0.0.1:1/dev"));
    assertRefused("target=http://x is not allowed", () -> options(URI.create("http://x")));
    assertRefused("loops=0 is not allowed, must be 1 or more", () -> good.withLoops(0));
    assertRefused("header=Host is not allowed", () -> good.withHeaders(Map.of("Host", "x")));
    assertRefused("header.A=(not shown)", () -> good.withHeaders(Map.of("A", "x\r\nB: y")));
    assertRefused("header.Authorization=(not shown)", () -> good.withTokens(List.of("a\nb")));
  }

  private static void assertRefused(String beginning, Runnable action) {
    IllegalArgumentException refused = assertThrows(IllegalArgumentException.class, action::run);
    assertTrue(refused.getMessage().startsWith(beginning), refused.getMessage());
  }

  private static List<Client> complete(
      Fleet fleet, List<ClientSlot> slots, int concurrency, List<Integer> progress)
      throws Exception {
    JoinResult joinResult =
        fleet.joinAll(slots, concurrency, progress::add).get(10, TimeUnit.SECONDS);
    return assertInstanceOf(JoinResult.Complete.class, joinResult).clients();
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(10, TimeUnit.SECONDS)) {
        throw new AssertionError("nobody counted down");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void send(Client publisher, int sequence) throws Exception {
    SendOutcome outcome =
        publisher
            .executor()
            .submit(() -> publisher.send(TEXT, sequence, 0, (n, at) -> {}))
            .get(10, TimeUnit.SECONDS);
    assertEquals(SendOutcome.SENT, outcome);
  }

  private static FleetOptions options(URI url) {
    return FleetOptions.of(url, SystemNanoClock.INSTANCE);
  }
}
