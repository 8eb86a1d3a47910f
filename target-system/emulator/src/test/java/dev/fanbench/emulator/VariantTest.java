package dev.fanbench.emulator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.protocol.JsonObject;
import dev.fanbench.target.FaultRequest;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The designs that ours replaces, over real sockets: what each does, and what it costs. */
class VariantTest {
  private record Member(String id, Client client) {}

  private final String room = "room-" + UUID.randomUUID();

  @ParameterizedTest
  @CsvSource({
    "Registry,sharded",
    "Registry,packed",
    "Registry,hot-item",
    "Broadcast,serial",
    "Broadcast,workers",
    "Cleanup,none",
    "Client,per-message",
    "HttpClient,crt"
  })
  void everyMemberHearsAndAPublicationIsThreeCalls(String parameter, String value)
      throws Exception {
    try (Emulator emulator = start(Map.of(parameter, value))) {
      List<Member> members = members(emulator, 12);
      long calls = storeCalls(emulator);
      say(emulator, members, "hello");
      for (Member member : members.subList(1, 12)) {
        assertEquals("#" + room + " anonymous: hello", member.client().next());
      }
      assertEquals(3, storeCalls(emulator) - calls);
    }
  }

  @Test
  void largeRoomsAreSharedOutAmongInvocations() throws Exception {
    try (Emulator emulator = start(Map.of("Broadcast", "invocations", "BatchMembers", "5"))) {
      List<Member> members = members(emulator, 12);
      long calls = storeCalls(emulator);
      // Eleven members besides the publisher: two batches of five elsewhere, one member from here.
      say(emulator, members, "hello", 3);
      for (Member member : members.subList(1, 12)) {
        assertEquals("#" + room + " anonymous: hello", member.client().next());
      }
      assertEquals(3, storeCalls(emulator) - calls);
    }
  }

  @Test
  void aMemberOfABatchThatIsGoneIsForgotten() throws Exception {
    try (Emulator emulator =
        start(Map.of("Broadcast", "invocations", "BatchMembers", "2", "StaleGraceSeconds", "0"))) {
      List<Member> members = members(emulator, 8);
      // Rows of a partition are read in the order of their keys, so it is in the first batch.
      members.subList(1, 8).sort(Comparator.comparing(Member::id));
      leaveBehind(emulator, members.remove(1));
      // Seven in the table besides the publisher: three batches. Then six: two, and two from here.
      say(emulator, members, "first", 4);
      say(emulator, members, "second", 3);
      for (Member member : members.subList(1, 7)) {
        assertEquals("#" + room + " anonymous: first", member.client().next());
        assertEquals("#" + room + " anonymous: second", member.client().next());
      }
      assertEquals(1, emulator.counters().get("posts.gone"));
    }
  }

  @Test
  void scanReadsAllThatOthersHaveLeftInTheTable() throws Exception {
    try (Emulator emulator = start(Map.of("Registry", "scan"))) {
      List<Member> members = members(emulator, 3);
      long calls = storeCalls(emulator);
      say(emulator, members, "hello");
      assertEquals("#" + room + " anonymous: hello", members.get(2).client().next());
      // The store is shared with other tests, so how many pages there are is theirs to say.
      assertTrue(storeCalls(emulator) - calls >= 3);
      assertTrue(emulator.counters().get("dynamodb.Scan") >= 1);
    }
  }

  @Test
  void slackClonesBroadcastEndsAtTheFirstStaleMemberEveryTime() throws Exception {
    try (Emulator emulator = start(Map.of("Broadcast", "serial", "Cleanup", "abort"))) {
      List<Member> members = members(emulator, 8);
      Member publisher = members.remove(0);
      // Rows of a partition are read in the order of their keys, which are the ids' bytes.
      members.sort(Comparator.comparing(Member::id));
      int stale = 3;
      leaveBehind(emulator, members.remove(stale));

      for (String text : List.of("first", "second")) {
        long delivered = emulator.counters().get("deliveries.sent");
        publisher.client().send(text);
        assertEquals(
            "Internal server error",
            JsonObject.parse(publisher.client().next()).orElseThrow().string("message").get());
        assertEquals(stale, emulator.counters().get("deliveries.sent") - delivered);
        for (Member before : members.subList(0, stale)) {
          assertEquals("#" + room + " anonymous: " + text, before.client().next());
        }
      }
      assertEquals(2, emulator.counters().get("posts.gone"));
    }
  }

  @ParameterizedTest
  @CsvSource({"serial", "parallel", "workers"})
  void withoutCleanupABroadcastGoesOnAndTheMemberStays(String broadcast) throws Exception {
    Map<String, String> design =
        Map.of("Broadcast", broadcast, "Cleanup", "none", "StaleGraceSeconds", "0");
    try (Emulator emulator = start(design)) {
      List<Member> members = members(emulator, 6);
      leaveBehind(emulator, members.remove(5));
      for (String text : List.of("first", "second")) {
        say(emulator, members, text);
        for (Member member : members.subList(1, 5)) {
          assertEquals("#" + room + " anonymous: " + text, member.client().next());
        }
      }
      assertEquals(2, emulator.counters().get("posts.gone"));
    }
  }

  @ParameterizedTest
  @CsvSource({"sharded", "packed", "hot-item", "scan"})
  void withCleanupEveryLayoutForgetsAStaleMemberOnce(String registry) throws Exception {
    Map<String, String> design =
        Map.of("Broadcast", "serial", "StaleGraceSeconds", "0", "Registry", registry);
    try (Emulator emulator = start(design)) {
      List<Member> members = members(emulator, 6);
      leaveBehind(emulator, members.remove(5));
      for (String text : List.of("first", "second")) {
        say(emulator, members, text);
        for (Member member : members.subList(1, 5)) {
          assertEquals("#" + room + " anonymous: " + text, member.client().next());
        }
      }
      assertEquals(1, emulator.counters().get("posts.gone"));
    }
  }

  private static Emulator start(Map<String, String> parameters) throws IOException {
    return Emulator.start(SharedStore.chat().withParameters(parameters));
  }

  private List<Member> members(Emulator emulator, int count) throws InterruptedException {
    List<Member> members = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Client client = Client.connect(emulator.url());
      client.send("/channel " + room);
      assertEquals("Changed to #" + room, client.next());
      // The error frame is where a client reads its own id.
      client.send("{\"action\":\"broadcast\"}");
      String id =
          JsonObject.parse(client.next()).orElseThrow().string("connectionId").orElseThrow();
      members.add(new Member(id, client));
    }
    return members;
  }

  private static void leaveBehind(Emulator emulator, Member member) throws Exception {
    emulator.faults().inject(FaultRequest.parse("{\"loseDisconnects\":1}"));
    member.client().close(1000, "");
    await(() -> emulator.counters().get("faults.disconnectsLost") == 1);
    emulator.faults().inject(FaultRequest.parse("{\"loseDisconnects\":0}"));
  }

  /** The first speaks, and its request, deletions included, is over. */
  private static void say(Emulator emulator, List<Member> members, String text) throws Exception {
    say(emulator, members, text, 1);
  }

  /** The same when the request makes others, so that they are so many together. */
  private static void say(Emulator emulator, List<Member> members, String text, int invocations)
      throws Exception {
    long requests = emulator.counters().get("aws.invocations");
    members.get(0).client().send(text);
    await(() -> emulator.counters().get("aws.invocations") == requests + invocations);
  }

  private static long storeCalls(Emulator emulator) {
    return emulator.counters().entrySet().stream()
        .filter(counter -> counter.getKey().startsWith("dynamodb."))
        .mapToLong(Map.Entry::getValue)
        .sum();
  }

  private static void await(BooleanSupplier condition) throws Exception {
    Executor soon = CompletableFuture.delayedExecutor(10, TimeUnit.MILLISECONDS);
    long deadlineNanos = System.nanoTime() + TestApi.PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      assertTrue(System.nanoTime() < deadlineNanos, "it did not come to pass");
      CompletableFuture.runAsync(() -> {}, soon).get();
    }
  }
}
