package dev.fanbench.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.protocol.Action.Broadcast;
import dev.fanbench.protocol.Action.Notation;
import dev.fanbench.protocol.Action.Rpc;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ReplyFormatTest {

  @Test
  void chat() {
    assertEquals("Set username to bz", ReplyFormat.nameSet("bz"));
    assertEquals("Changed to #random", ReplyFormat.channelChanged("random"));
    assertEquals(
        "#general anonymous: hello", ReplyFormat.chatLine("general", "anonymous", "hello"));
    assertEquals("Valid commands: /help, /name [NAME], /channel [CHAN_NAME]", ReplyFormat.HELP);
  }

  @Test
  void channelsAreSortedWithBlanks() {
    assertEquals(
        "{\"channelsList\": [\"general\", \"random\"]}",
        ReplyFormat.channelsList(List.of("random", "general")));
    assertEquals(
        "{\"channelsList\": [\"a\\\"b\", \"\u00e9\"]}",
        ReplyFormat.channelsList(List.of("\u00e9", "a\"b")));
  }

  @Test
  void listOfRoomsIsOneMessageAndHoldsTheFirst() {
    List<String> many = IntStream.range(0, 1_500).mapToObj(i -> "room " + i).toList();
    assertEquals(many.subList(0, ChatLimits.ROOMS), ReplyFormat.listed(many));
    String name = "\u0001".repeat(ChatLimits.NAME_CHARACTERS - 4);
    List<String> longNames =
        IntStream.range(0, 1_500).mapToObj(i -> name + "%04d".formatted(i)).toList();
    List<String> listed = ReplyFormat.listed(longNames);
    assertEquals(longNames.subList(0, listed.size()), listed);
    int bytes = ReplyFormat.channelsList(longNames).getBytes(StandardCharsets.UTF_8).length;
    assertTrue(
        bytes <= ChatLimits.MESSAGE_BYTES && bytes > ChatLimits.MESSAGE_BYTES - 400,
        bytes + " bytes");
  }

  @Test
  void rpc() {
    assertEquals("{\"id\":\"1\",\"body\":\"x\"}", ReplyFormat.rpc(new Rpc("1", "x")));
    assertEquals(
        "{\"id\":\"\\\"\",\"body\":\"\\n\u00e9/<\"}", ReplyFormat.rpc(new Rpc("\"", "\n\u00e9/<")));
  }

  @Test
  void broadcast() {
    assertEquals(
        "{\"message\":\"Hello everyone\",\"sender\":\"bz\"}",
        ReplyFormat.broadcast(new Broadcast("Hello everyone", Notation.JSON), "bz"));
    assertEquals(
        "{:message \"Hello everyone\", :sender \"bz\"}\n",
        ReplyFormat.broadcast(new Broadcast("Hello everyone", Notation.EDN), "bz"));
    assertEquals(
        "{:message \"\\\"\u00e9\\\\\", :sender \"bz\"}\n",
        ReplyFormat.broadcast(new Broadcast("\"\u00e9\\", Notation.EDN), "bz"));
  }

  @Test
  void envelope() {
    assertEquals(
        "{\"type\":99,\"data\":\"data to publish\",\"received\":1600000000}",
        ReplyFormat.envelope(new Envelope(false, 99, "\"data to publish\""), 1_600_000_000));
    assertEquals(
        "{\"type\":0,\"data\":\"100 %s\",\"received\":1}",
        ReplyFormat.envelope(new Envelope(false, 0, "\"100 %s\""), 1));
  }

  @Test
  void errors() {
    assertEquals(
        "{\"message\": \"Internal server error\", \"connectionId\":\"c=\", \"requestId\":\"r=\"}",
        ReplyFormat.internalServerError("c=", "r="));
    assertEquals(
        "{\"message\": \"Forbidden\", \"connectionId\":\"c=\", \"requestId\":\"r=\"}",
        ReplyFormat.forbidden("c=", "r="));
  }
}
