package dev.fanbench.functions.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A registry asked who is where, and waited for; whoever is told twice is a failure. */
record RegistryAnswers(Registry registry) {

  /** What a publication does when every post is answered by 410. */
  void forgetAsIfGone(String room) {
    Queue<Member> gone = new ConcurrentLinkedQueue<>();
    registry.members(room, gone::add).join();
    registry.forget(gone).join();
  }

  Set<String> connectionsOf(String user) {
    return registry.connectionsOf(user).join();
  }

  Sender sender(String id) {
    return registry.sender(id).join();
  }

  Set<String> members(String room) {
    Set<String> ids = ConcurrentHashMap.newKeySet();
    registry
        .members(
            room,
            member -> {
              assertEquals(room, member.room());
              assertTrue(ids.add(member.connectionId()), "told twice");
            })
        .join();
    return ids;
  }

  Set<String> everyone() {
    Set<String> ids = ConcurrentHashMap.newKeySet();
    registry.everyone(member -> assertTrue(ids.add(member.connectionId()), "told twice")).join();
    return ids;
  }

  void assertNowhere(String id, String room) {
    assertUnknown(registry.sender(id));
    assertTrue(!members(room).contains(id));
    assertTrue(!members("general").contains(id));
    assertTrue(!everyone().contains(id));
  }

  static void assertUnknown(CompletableFuture<?> future) {
    assertInstanceOf(
        UnknownConnectionException.class,
        assertThrows(CompletionException.class, future::join).getCause());
  }
}
