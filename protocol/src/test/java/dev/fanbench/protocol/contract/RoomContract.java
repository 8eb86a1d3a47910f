package dev.fanbench.protocol.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who hears what is said in a room. */
interface RoomContract extends TargetUnderContract {

  /** A room that no other test is in. */
  static String freshRoom() {
    return "room-" + UUID.randomUUID();
  }

  @Test
  default void newcomersAreAnonymousInGeneral() {
    String words = "hello " + UUID.randomUUID();
    try (ChatClient sender = ChatClient.connect(url());
        ChatClient other = ChatClient.connect(url())) {
      sender.send(words);
      assertEquals("#general anonymous: " + words, other.next());
      sender.expectNothing();
    }
  }

  @Test
  default void nobodyIsToldOfNewcomers() {
    String room = freshRoom();
    try (ChatClient first = ChatClient.connect(url(), room);
        ChatClient second = ChatClient.connect(url(), room)) {
      second.expectNothing();
      first.expectNothing();
    }
  }

  @Test
  default void everyOtherMemberHearsText() {
    String room = freshRoom();
    try (ChatClient sender = ChatClient.connect(url(), room);
        ChatClient second = ChatClient.connect(url(), room);
        ChatClient third = ChatClient.connect(url(), room);
        ChatClient outside = ChatClient.connect(url(), freshRoom())) {
      sender.send("hello");
      assertEquals("#" + room + " anonymous: hello", second.next());
      assertEquals("#" + room + " anonymous: hello", third.next());
      sender.expectNothing();
      outside.expectNothing();
    }
  }

  @Test
  default void roomLeftBehindIsSilent() {
    String left = freshRoom();
    try (ChatClient sender = ChatClient.connect(url(), left);
        ChatClient stays = ChatClient.connect(url(), left);
        ChatClient leaves = ChatClient.connect(url(), left)) {
      leaves.join(freshRoom());
      sender.send("still here?");
      assertEquals("#" + left + " anonymous: still here?", stays.next());
      leaves.expectNothing();
    }
  }

  @Test
  default void joiningTheSameRoomAgainChangesNothing() {
    String room = freshRoom();
    try (ChatClient sender = ChatClient.connect(url(), room);
        ChatClient again = ChatClient.connect(url(), room)) {
      again.join(room);
      sender.send("once");
      assertEquals("#" + room + " anonymous: once", again.next());
      again.expectNothing();
    }
  }

  @Test
  default void memberWhoLeftDoesNotStandInTheWay() {
    String room = freshRoom();
    try (ChatClient sender = ChatClient.connect(url(), room);
        ChatClient leaves = ChatClient.connect(url(), room);
        ChatClient stays = ChatClient.connect(url(), room)) {
      leaves.closeWith(1000);
      sender.send("who is left?");
      assertEquals("#" + room + " anonymous: who is left?", stays.next());
      sender.send("and now?");
      assertEquals("#" + room + " anonymous: and now?", stays.next());
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        " leading and trailing blanks ",
        " /name x",
        "{}",
        "{\"x\":1}",
        "{\"action\":\"dance\"}",
        "{\"action\":1}",
        "{\"data\":1}",
        "{\"echo\":true,\"type\":1}",
        "[1, 2]",
        "{\"action\":\"rpc\"",
        "gr\u00fc\u00dfe \u65e5\u672c\u8a9e \ud83d\ude00 \u0000 \u2028",
        "two\nlines",
        "fb1:00000001:00000002:0000000000000003:....",
        "<b>&amp;</b>"
      })
  default void textIsDeliveredAsItIs(String text) {
    String room = freshRoom();
    try (ChatClient sender = ChatClient.connect(url(), room);
        ChatClient other = ChatClient.connect(url(), room)) {
      sender.send(text);
      assertEquals("#" + room + " anonymous: " + text, other.next());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\t\r\n"})
  default void blankTextIsNothing(String blank) {
    String room = freshRoom();
    try (ChatClient sender = ChatClient.connect(url(), room);
        ChatClient other = ChatClient.connect(url(), room)) {
      sender.send(blank);
      sender.expectNothing();
      other.expectNothing();
    }
  }
}
