package dev.fanbench.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.target.FaultRequest;
import java.io.IOException;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** The unchanged functions, with members that the registry has and nobody can post to. */
class StaleMemberTest {
  private static final int AT_ONCE = 0;
  private static final int AFTER_30_S = 30;

  private final String room = "room-" + UUID.randomUUID();

  @Test
  void liveMembersHearAndStaleOnesAreForgottenOnce() throws Exception {
    try (Emulator emulator = start(AT_ONCE)) {
      List<Client> live = members(emulator.url(), 10);
      inject(emulator, "{\"loseDisconnects\":1}");
      leave(emulator, members(emulator.url(), 5));

      say(emulator, live, "first");
      assertEquals(5, emulator.counters().get("posts.gone"));
      long deletions = emulator.counters().get("dynamodb.BatchWriteItem");
      say(emulator, live, "second");
      assertEquals(5, emulator.counters().get("posts.gone"));
      assertEquals(deletions, emulator.counters().get("dynamodb.BatchWriteItem"));
    }
  }

  @Test
  void youngMembersAreKeptBecauseTheyMayStillBeInTheirHandshake() throws Exception {
    try (Emulator emulator = start(AFTER_30_S)) {
      List<Client> live = members(emulator.url(), 2);
      inject(emulator, "{\"loseDisconnects\":1}");
      leave(emulator, members(emulator.url(), 3));
      say(emulator, live, "first");
      say(emulator, live, "second");
      assertEquals(6, emulator.counters().get("posts.gone"));
    }
  }

  @Test
  @Shows(AwsChecklist.CONNECT_RACE)
  void memberPostedToBeforeItsHandshakeIsOverHearsWhatComesAfter() throws Exception {
    try (Emulator emulator = start(AFTER_30_S)) {
      Client speaker = Client.connect(emulator.url());
      inject(emulator, "{\"connectRaceMillis\":1500}");
      CompletableFuture<Client> late = Client.ask(emulator.url());
      // $connect has stored the newcomer, and the front door has not let it in.
      TestApi.await(() -> emulator.counters().get("aws.invocations") == 2);
      say(emulator, List.of(speaker), "too early");
      assertTrue(emulator.counters().get("posts.gone") >= 1, "the race was not open");
      Client newcomer = Client.await(late);
      speaker.send("now");
      assertEquals("#general anonymous: now", newcomer.next());
    }
  }

  /** What the grace is for: without it, removal on 410 takes a live member for a stale one. */
  @Test
  void memberPostedToBeforeItsHandshakeIsOverIsLostForGoodWithoutTheGrace() throws Exception {
    try (Emulator emulator = start(AT_ONCE)) {
      Client speaker = Client.connect(emulator.url());
      inject(emulator, "{\"connectRaceMillis\":1500}");
      CompletableFuture<Client> late = Client.ask(emulator.url());
      TestApi.await(() -> emulator.counters().get("aws.invocations") == 2);
      say(emulator, List.of(speaker), "too early");
      Client newcomer = Client.await(late);
      say(emulator, List.of(speaker), "now");
      newcomer.send("is anybody there?");
      assertTrue(newcomer.next().startsWith("{\"message\": \"Internal server error\""));
    }
  }

  @Test
  void chosenShareOfDisconnectsIsLost() throws Exception {
    try (Emulator emulator = start(AFTER_30_S)) {
      inject(emulator, "{\"loseDisconnects\":0.1}");
      leave(emulator, members(emulator.url(), 20));
      assertEquals(2, emulator.counters().get("faults.disconnectsLost"));
    }
  }

  private static Emulator start(int graceSeconds) throws IOException {
    return Emulator.start(
        SharedStore.chat()
            .withParameters(Map.of("StaleGraceSeconds", String.valueOf(graceSeconds))));
  }

  private List<Client> members(URI url, int count) throws InterruptedException {
    List<Client> members = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Client member = Client.connect(url);
      member.send("/channel " + room);
      assertEquals("Changed to #" + room, member.next());
      members.add(member);
    }
    return members;
  }

  /** The first speaks, the others hear, and the request, deletions included, is over. */
  private static void say(Emulator emulator, List<Client> live, String text) throws Exception {
    long requests = emulator.counters().get("aws.invocations");
    live.get(0).send(text);
    for (Client member : live.subList(1, live.size())) {
      assertTrue(member.next().endsWith(" anonymous: " + text));
    }
    TestApi.await(() -> emulator.counters().get("aws.invocations") == requests + 1);
  }

  private static void leave(Emulator emulator, List<Client> members) throws Exception {
    long open = emulator.counters().get("connections.open");
    members.forEach(member -> member.close(1000, ""));
    TestApi.await(() -> emulator.counters().get("connections.open") == open - members.size());
  }

  private static void inject(Emulator emulator, String fault) {
    emulator.faults().inject(FaultRequest.parse(fault));
  }
}
