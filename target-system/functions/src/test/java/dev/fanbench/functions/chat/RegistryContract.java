package dev.fanbench.functions.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What every registry must do, on the real store. Each test has connections and rooms of its own.
 */
public interface RegistryContract {
  /** Tells the age of connections; stands still. */
  Clock clock();

  /** The registry, by that clock. */
  Registry registry();

  /** A registry on the same store, in a process that dies when it makes one more call than this. */
  Registry dyingAfter(int calls);

  @Test
  default void connectionBeginsAnonymousInGeneral() {
    String id = connected();
    assertEquals(new Sender(id, "anonymous", "general"), registry().sender(id).join());
    assertTrue(asked().members("general").contains(id));
    assertTrue(asked().everyone().contains(id));
  }

  @Test
  default void membersKnowWhenTheyConnected() {
    String id = newName("id");
    long since = clock().millis() - 5_000;
    registry().connect(id, Optional.empty(), since).join();
    Map<String, Long> times = new ConcurrentHashMap<>();
    registry()
        .everyone(member -> times.put(member.connectionId(), member.connectedAtMillis()))
        .join();
    assertEquals(since, times.get(id));
    registry()
        .members("general", member -> times.put(member.connectionId(), member.connectedAtMillis()))
        .join();
    assertEquals(since, times.get(id));
  }

  @Test
  default void renamedConnectionStaysWhereItIs() {
    String id = connected();
    registry().rename(id, "b z").join();
    assertEquals(new Sender(id, "b z", "general"), registry().sender(id).join());
    assertTrue(asked().members("general").contains(id));
  }

  @Test
  default void movedConnectionIsInOneRoom() {
    String id = connected();
    String room = newName("room");
    registry().rename(id, "bz").join();
    registry().move(id, room).join();
    assertEquals(new Sender(id, "bz", room), registry().sender(id).join());
    assertEquals(Set.of(id), asked().members(room));
    assertTrue(!asked().members("general").contains(id));
    assertTrue(asked().everyone().contains(id));
    registry().move(id, room).join();
    assertEquals(Set.of(id), asked().members(room));
  }

  @Test
  default void roomsAreRememberedWhenEveryoneHasLeft() {
    String id = connected();
    String room = newName("room \u00fc");
    registry().move(id, room).join();
    registry().disconnect(id).join();
    assertTrue(registry().rooms().join().containsAll(Set.of("general", room)));
  }

  @Test
  default void disconnectedConnectionIsNowhere() {
    String id = connected();
    String room = newName("room");
    registry().move(id, room).join();
    registry().disconnect(id).join();
    asked().assertNowhere(id, room);
    registry().disconnect(id).join();
  }

  @Test
  default void connectionsThatWereNeverThereAreUnknown() {
    String id = newName("id");
    RegistryAnswers.assertUnknown(registry().sender(id));
    RegistryAnswers.assertUnknown(registry().rename(id, "x"));
    RegistryAnswers.assertUnknown(registry().move(id, "general"));
    registry().disconnect(id).join();
    asked().assertNowhere(id, "general");
  }

  @Test
  default void userHoldsManyConnectionsAndLosesOnlyTheOneThatEnds() {
    String ada = newName("ada");
    String bob = newName("b\u00f6b ");
    String first = connected(Optional.of(ada));
    String second = connected(Optional.of(ada));
    String third = connected(Optional.of(ada));
    String other = connected(Optional.of(bob));
    connected();
    assertEquals(Set.of(first, second, third), asked().connectionsOf(ada));
    registry().move(second, newName("room")).join();
    registry().disconnect(first).join();
    assertEquals(Set.of(second, third), asked().connectionsOf(ada));
    registry().forget(List.of(new Member(third, "general", clock().millis()))).join();
    assertEquals(Set.of(second), asked().connectionsOf(ada));
    registry().disconnect(second).join();
    assertEquals(Set.of(), asked().connectionsOf(ada));
    assertEquals(Set.of(other), asked().connectionsOf(bob));
    assertEquals(Set.of(), asked().connectionsOf(newName("nobody")));
  }

  @Test
  default void forgottenMembersAreNowhere() {
    String room = newName("room");
    String stays = connected();
    registry().move(stays, room).join();
    List<String> ids = IntStream.range(0, 30).mapToObj(i -> connected()).toList();
    ids.forEach(id -> registry().move(id, room).join());
    Queue<Member> gone = new ConcurrentLinkedQueue<>();
    registry().members(room, gone::add).join();
    gone.removeIf(member -> member.connectionId().equals(stays));
    registry().forget(gone).join();
    assertEquals(Set.of(stays), asked().members(room));
    ids.forEach(id -> RegistryAnswers.assertUnknown(registry().sender(id)));
    assertTrue(asked().everyone().stream().noneMatch(ids::contains));
  }

  @Test
  default void connectionsThatCannotBeOpenAnyMoreAreToldToNobody() {
    String id = newName("id");
    long tooOld = clock().millis() - Registry.CONNECTION_LIFE.toMillis() - 1;
    registry().connect(id, Optional.empty(), tooOld).join();
    assertTrue(!asked().members("general").contains(id));
    assertTrue(!asked().everyone().contains(id));
  }

  @Test
  default void movesAtTheSameTimeLeaveAConnectionInOneRoom() {
    String id = connected();
    List<String> rooms = IntStream.range(0, 4).mapToObj(i -> newName("room" + i)).toList();
    awaitAll(rooms.stream().map(room -> registry().move(id, room)).toList());
    String room = registry().sender(id).join().room();
    rooms.forEach(
        each ->
            assertEquals(each.equals(room) ? Set.of(id) : Set.of(), asked().members(each), each));
  }

  @Test
  default void joinsMovesAndLeavesAtTheSameTimeLoseNobody() {
    String room = newName("room");
    List<String> ids = IntStream.range(0, 60).mapToObj(i -> newName("id" + i)).toList();
    awaitAll(
        ids.stream()
            .map(
                id ->
                    registry()
                        .connect(id, Optional.empty(), clock().millis())
                        .thenCompose(connected -> registry().move(id, room))
                        .thenCompose(
                            moved ->
                                leaves(id, ids)
                                    ? registry().disconnect(id)
                                    : registry().rename(id, "n" + id)))
            .toList());
    Set<String> stay = ids.stream().filter(id -> !leaves(id, ids)).collect(Collectors.toSet());
    assertEquals(stay, asked().members(room));
    stay.forEach(id -> assertEquals(new Sender(id, "n" + id, room), asked().sender(id)));
    assertTrue(asked().everyone().containsAll(stay));
  }

  /** Every third leaves again. */
  private static boolean leaves(String id, List<String> ids) {
    return ids.indexOf(id) % 3 == 0;
  }

  @Test
  default void moveAndDisconnectAtTheSameTimeLeaveNobodyBehind() {
    String room = newName("room");
    for (int i = 0; i < 10; i++) {
      String id = connected();
      awaitAll(List.of(registry().move(id, room), registry().disconnect(id)));
      asked().assertNowhere(id, room);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  default void processThatDiesInAMoveLosesNoMember(int calls) {
    String id = connected();
    String room = newName("room");
    awaitAll(List.of(attempt(() -> dyingAfter(calls).move(id, room))));
    String now = asked().sender(id).room();
    assertTrue(Set.of("general", room).contains(now), now);
    assertEquals(now.equals(room) ? Set.of(id) : Set.of(), asked().members(room));
    assertEquals(now.equals("general"), asked().members("general").contains(id));
    assertTrue(asked().everyone().contains(id));
    registry().move(id, room).join();
    assertEquals(Set.of(id), asked().members(room));
    assertTrue(registry().rooms().join().contains(room));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  default void processThatDiesInAConnectIsMendedByTheNextAttempt(int calls) {
    String id = newName("id");
    String user = newName("user");
    long since = clock().millis();
    awaitAll(List.of(attempt(() -> dyingAfter(calls).connect(id, Optional.of(user), since))));
    registry().connect(id, Optional.of(user), since).join();
    assertEquals("general", asked().sender(id).room());
    assertEquals(Set.of(id), asked().connectionsOf(user));
    assertTrue(asked().members("general").contains(id));
    assertTrue(asked().everyone().contains(id));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  default void processThatDiesInADisconnectLeavesNothingThatAPostDoesNotRemove(int calls) {
    String user = newName("user");
    String id = connected(Optional.of(user));
    String room = newName("room");
    registry().move(id, room).join();
    awaitAll(List.of(attempt(() -> dyingAfter(calls).disconnect(id))));
    asked().forgetAsIfGone(room);
    asked().assertNowhere(id, room);
    assertEquals(Set.of(), asked().connectionsOf(user));
  }

  private RegistryAnswers asked() {
    return new RegistryAnswers(registry());
  }

  private String connected() {
    return connected(Optional.empty());
  }

  private String connected(Optional<String> user) {
    String id = newName("id");
    registry().connect(id, user, clock().millis()).join();
    return id;
  }

  /** A call that a dying process makes may fail before it is a call. */
  private static CompletableFuture<Void> attempt(Supplier<CompletableFuture<Void>> change) {
    try {
      return change.get();
    } catch (RuntimeException died) {
      return CompletableFuture.failedFuture(died);
    }
  }

  /** Waits for all, however they end. */
  private static void awaitAll(List<CompletableFuture<Void>> changes) {
    changes.forEach(change -> change.handle((done, failure) -> null).join());
  }

  private static String newName(String kind) {
    return kind + "-" + UUID.randomUUID();
  }
}
