package dev.fanbench.protocol.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names, rooms and help, each asked for with a slash. */
interface CommandContract extends TargetUnderContract {

  @Test
  default void nameIsConfirmedAndUsed() {
    String room = RoomContract.freshRoom();
    try (ChatClient sender = ChatClient.connect(url(), room);
        ChatClient other = ChatClient.connect(url(), room)) {
      assertEquals("Set username to b  z", sender.ask("/name  b  z "));
      sender.send("hi");
      assertEquals("#" + room + " b  z: hi", other.next());
    }
  }

  @Test
  default void nameIsKeptWhenTheRoomChanges() {
    String room = RoomContract.freshRoom();
    try (ChatClient sender = ChatClient.connect(url());
        ChatClient other = ChatClient.connect(url(), room)) {
      assertEquals("Set username to bz", sender.ask("/name bz"));
      sender.join(room);
      sender.send("hi");
      assertEquals("#" + room + " bz: hi", other.next());
    }
  }

  @Test
  default void identityIsTheConnection() {
    String room = RoomContract.freshRoom();
    try (ChatClient one = ChatClient.connect(url(), room);
        ChatClient two = ChatClient.connect(url(), room)) {
      assertEquals("Set username to bz", one.ask("/name bz"));
      assertEquals("Set username to bz", two.ask("/name bz"));
      one.send("from one");
      assertEquals("#" + room + " bz: from one", two.next());
      two.send("from two");
      assertEquals("#" + room + " bz: from two", one.next());
    }
  }

  @Test
  default void hashSignsAndBlanksAreStrippedFromRooms() {
    String room = RoomContract.freshRoom();
    try (ChatClient client = ChatClient.connect(url())) {
      assertEquals("Changed to #" + room, client.ask("/channel #" + room));
      assertEquals("Changed to #" + room, client.ask("/channel  # " + room + " # "));
    }
  }

  @Test
  default void longestNamesAreTaken() {
    String longest = "\u00e9".repeat(64);
    try (ChatClient client = ChatClient.connect(url(), RoomContract.freshRoom())) {
      assertEquals("Set username to " + longest, client.ask("/name " + longest));
      client.join(longest);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/help",
        "/",
        "/dance",
        "/namebar",
        "/Name x",
        "/name",
        "/name  ",
        "/channel",
        "/channel #",
        "/channel # # ",
        "/name aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
        "/channel #aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
      })
  default void whatCannotBeFollowedAsksForHelp(String command) {
    String room = RoomContract.freshRoom();
    try (ChatClient client = ChatClient.connect(url(), room);
        ChatClient other = ChatClient.connect(url(), room)) {
      assertEquals(
          "Valid commands: /help, /name [NAME], /channel [CHAN_NAME]", client.ask(command));
      other.expectNothing();
    }
  }
}
