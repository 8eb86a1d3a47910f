package dev.fanbench.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.baseline.chat.RoomLimits;
import dev.fanbench.protocol.ChatLimits;
import dev.fanbench.protocol.contract.ChatClient;
import dev.fanbench.protocol.contract.RawSocket;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A client that walks through many rooms, and talks in each of them. */
class RoomLimitTest {
  private static final String FETCH = "{\"action\":\"command\",\"data\":\"fetchChannels\"}";

  private NettyServer server;

  @AfterEach
  void stop() {
    server.close();
    assertEquals(0, server.pinnedDirectBytes());
  }

  @Test
  void roomsWithMembersAreListedFirstAndThenThoseLeftLast() throws Exception {
    server = NettyServer.start(ServerOptions.defaults().withLoops(2));
    try (ChatClient stays = ChatClient.connect(server.url(), "zz");
        RawSocket walker = RawSocket.connect(server.url())) {
      int rooms = 3_000;
      walk(walker, rooms);
      List<String> listed = listed(stays);
      assertEquals(ChatLimits.ROOMS, listed.size());
      assertTrue(listed.containsAll(List.of("general", "zz", room(rooms - 1))), listed.toString());
      // Three rooms have members: general, zz and the walker's last.
      assertTrue(listed.contains(room(rooms - 1 - (ChatLimits.ROOMS - 3))), listed.toString());
      assertTrue(!listed.contains(room(rooms - 2 - (ChatLimits.ROOMS - 3))), listed.toString());
      Awaited.counter(server, "rooms.forgotten", rooms - 1 - ChatLimits.ROOMS);
      assertEquals(3, server.counters().get("rooms.unlisted").longValue());
    }
  }

  @Test
  void roomThatWasForgottenIsARoomLikeAnyOther() throws Exception {
    server =
        NettyServer.start(
            ServerOptions.defaults().withRooms(new RoomLimits(1, 1024 * 1024, 1024 * 1024)));
    try (ChatClient one = ChatClient.connect(server.url(), "a");
        ChatClient two = ChatClient.connect(server.url(), "b")) {
      one.send("gone with the room").join("c").join("d").join("a");
      two.join("a");
      one.send("hello");
      assertEquals("#a anonymous: hello", two.next());
      assertEquals(List.of("a", "b", "general"), listed(one));
      assertEquals(1, server.chat().room("a").orElseThrow().history().latest().size());
    }
    Awaited.counter(server, "connections.open", 0);
    try (ChatClient later = ChatClient.connect(server.url())) {
      assertEquals(List.of("a", "general"), listed(later));
    }
  }

  @Test
  void historiesOfRoomsWithoutMembersGiveWayToThoseWithMembers() throws Exception {
    server =
        NettyServer.start(
            ServerOptions.defaults().withRooms(new RoomLimits(10, 1024 * 1024, 100_000)));
    try (ChatClient client = ChatClient.connect(server.url(), "first")) {
      client.send("x".repeat(20_000)).join("second").send("y".repeat(20_000)).join("third");
      client.send("z".repeat(20_000)).expectNothing();
      assertEquals(List.of(), server.chat().room("first").orElseThrow().history().latest());
      assertEquals(1, server.chat().room("third").orElseThrow().history().latest().size());
      assertTrue(server.counters().get("history.forgotten").longValue() > 0);
    }
  }

  private static void walk(RawSocket walker, int rooms) throws Exception {
    for (int from = 0; from < rooms; from += 500) {
      ByteArrayOutputStream segment = new ByteArrayOutputStream();
      for (int i = from; i < from + 500; i++) {
        byte[] command = ("/channel " + room(i)).getBytes(StandardCharsets.UTF_8);
        segment.writeBytes(RawSocket.encode(RawSocket.TEXT, true, command));
      }
      walker.bytes(segment.toByteArray());
      for (int i = from; i < from + 500; i++) {
        assertEquals("Changed to #" + room(i), walker.next().text());
      }
    }
  }

  private static String room(int i) {
    return "%05d".formatted(i);
  }

  private static List<String> listed(ChatClient client) {
    return List.of(client.ask(FETCH).replaceAll("^.*\\[\"|\"]}$", "").split("\", \""));
  }
}
