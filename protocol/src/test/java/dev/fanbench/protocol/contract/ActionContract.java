package dev.fanbench.protocol.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests in JSON, and what a client gets for those that cannot be followed. */
interface ActionContract extends TargetUnderContract {
  /** An error frame, with the connection's id and then the request's. */
  Pattern ERROR_FRAME =
      Pattern.compile(
          "\\{\"message\": \"Internal server error\", \"connectionId\":\"([\\w-]{15}=)\","
              + " \"requestId\":\"([\\w-]{15}=)\"}");

  @Test
  default void fetchChannelsListsEveryRoomEverJoinedInOrder() {
    String left = RoomContract.freshRoom();
    String room = RoomContract.freshRoom();
    try (ChatClient client = ChatClient.connect(url(), left)) {
      client.join(room);
      String list = client.ask("{\"action\":\"command\",\"data\":\"fetchChannels\"}");
      assertTrue(
          list.matches("\\{\"channelsList\": \\[\"[^\"]+\"(, \"[^\"]+\")*]}"), "bytes: " + list);
      List<String> rooms = List.of(list.replaceAll("^.*\\[\"|\"]}$", "").split("\", \""));
      assertEquals(rooms.stream().sorted().distinct().toList(), rooms);
      assertTrue(rooms.containsAll(List.of("general", left, room)), list);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"action\":\"command\"}",
        "{\"action\":\"command\",\"data\":\"dropChannels\"}",
        "{\"action\":\"rpc\",\"id\":1,\"body\":\"x\"}",
        "{\"action\":\"rpc\",\"id\":\"1\"}",
        "{\"action\":\"broadcast\"}",
        "{\"action\":\"broadcast\",\"message\":7}",
        "{:action :shout}",
        "{:action :broadcast :message 7}",
        "{ \t:not :closed",
        "{:action :broadcast :message #=(java.lang.System/exit 1)}",
        "{:action :broadcast :message #java.lang.String[\"x\"]}",
        "{\"type\":\"99\",\"data\":1}",
        "{\"type\":1.5,\"data\":1}",
        "{\"echo\":1,\"data\":1}"
      })
  default void whatCannotBeFollowedGetsTheErrorFrameAndStaysConnected(String request) {
    String room = RoomContract.freshRoom();
    try (ChatClient client = ChatClient.connect(url(), room);
        ChatClient other = ChatClient.connect(url(), room)) {
      Matcher first = errorFrame(client.ask(request));
      Matcher second = errorFrame(client.ask(request));
      assertEquals(first.group(1), second.group(1), "the connection's id stays");
      assertNotEquals(first.group(2), second.group(2), "each request has an id of its own");
      other.expectNothing();
    }
  }

  /** Converting that number takes longer than everything else here together. */
  @Test
  default void longestNumberInEdnGetsTheErrorFrame() {
    try (ChatClient client = ChatClient.connect(url(), RoomContract.freshRoom())) {
      errorFrame(client.ask("{:a " + "1".repeat(30_000) + "N}"));
    }
  }

  private static Matcher errorFrame(String text) {
    Matcher matcher = ERROR_FRAME.matcher(text);
    assertTrue(matcher.matches(), "no error frame: " + text);
    return matcher;
  }
}
