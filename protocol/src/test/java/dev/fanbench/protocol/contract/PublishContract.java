package dev.fanbench.protocol.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Publications that cross the borders of rooms: broadcasts and publish envelopes. */
interface PublishContract extends TargetUnderContract {
  /** An envelope as it goes out, with its time. */
  Pattern RECEIVED = Pattern.compile("(.*),\"received\":(\\d+)}");

  @Test
  default void broadcastReachesEveryConnectionTheSenderIncluded() {
    try (ChatClient sender = ChatClient.connect(url(), RoomContract.freshRoom());
        ChatClient other = ChatClient.connect(url(), RoomContract.freshRoom())) {
      String heard = sender.ask("{\"action\":\"broadcast\",\"message\":\"Hello \\u00e9\"}");
      assertTrue(
          heard.matches("\\{\"message\":\"Hello \u00e9\",\"sender\":\"[\\w-]{15}=\"}"), heard);
      assertEquals(heard, other.next());
    }
  }

  @Test
  default void broadcastIsFromTheConnectionWhereNobodyIsAuthenticated() {
    try (ChatClient sender = ChatClient.connect(url(), RoomContract.freshRoom())) {
      Matcher error = ActionContract.ERROR_FRAME.matcher(sender.ask("{\"action\":\"broadcast\"}"));
      assertTrue(error.matches(), "the error frame is where a client reads its own id");
      assertEquals(
          "{\"message\":\"hi\",\"sender\":\"%s\"}".formatted(error.group(1)),
          sender.ask("{\"action\":\"broadcast\",\"message\":\"hi\"}"));
    }
  }

  @Test
  default void broadcastInEdnIsAnsweredInEdn() {
    try (ChatClient sender = ChatClient.connect(url(), RoomContract.freshRoom());
        ChatClient other = ChatClient.connect(url(), RoomContract.freshRoom())) {
      String heard = sender.ask("{ \n:action :broadcast, :message \"Hello \\\"everyone\\\"\"}");
      assertTrue(
          heard.matches("\\{:message \"Hello \\\\\"everyone\\\\\"\", :sender \"[\\w-]{15}=\"}\n"),
          heard);
      assertEquals(heard, other.next());
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"echo\":false,\"type\":99,\"data\":\"to publish\"}|{\"type\":99,\"data\":\"to publish\"",
        "{\"Type\":-1,\"DATA\":{\"b\": 1.50e3, \"a\": [] }}|{\"type\":-1,\"data\":{\"b\":1.50e3,\"a\":[]}",
        "{\"type\":1,\"type\":2,\"data\":0,\"Data\":[]}|{\"type\":2,\"data\":[]",
        "{\"type\":9007199254740993,\"data\":[1E400, -0.0]}|{\"type\":9007199254740993,\"data\":[1E400,-0.0]",
        "{\"type\":0,\"data\":\"\\u00e9 \\\" \\/\"}|{\"type\":0,\"data\":\"\\u00e9 \\\" \\/\"",
        "{\"type\":0,\"data\":\"\u2028\u2029\"}|{\"type\":0,\"data\":\"\\u2028\\u2029\"",
        "{\"more\":1,\"data\":\"\u00e9\ud83d\ude00\",\"type\":null}|{\"type\":0,\"data\":\"\u00e9\ud83d\ude00\"",
        "{\"action\":\"dance\",\"type\":1,\"data\":2}|{\"type\":1,\"data\":2",
        "{\"echo\":null,\"data\":\"<&>\"}|{\"type\":0,\"data\":\"\\u003c\\u0026\\u003e\""
      })
  default void envelopeReachesEveryOtherConnection(String sent, String received) {
    try (ChatClient sender = ChatClient.connect(url(), RoomContract.freshRoom());
        ChatClient other = ChatClient.connect(url(), RoomContract.freshRoom())) {
      sender.send(sent);
      assertEquals(received, timed(other.next()));
      sender.expectNothing();
    }
  }

  @Test
  default void envelopeWithEchoComesBackToo() {
    try (ChatClient sender = ChatClient.connect(url(), RoomContract.freshRoom());
        ChatClient other = ChatClient.connect(url(), RoomContract.freshRoom())) {
      String heard = sender.ask("{\"echo\":true,\"type\":7,\"data\":null}");
      assertEquals("{\"type\":7,\"data\":null", timed(heard));
      assertEquals(heard, other.next());
    }
  }

  /** What stands before the time, which must be now, give or take a minute. */
  private static String timed(String envelope) {
    Matcher matcher = RECEIVED.matcher(envelope);
    assertTrue(matcher.matches(), "no time: " + envelope);
    long age = Instant.now().getEpochSecond() - Long.parseLong(matcher.group(2));
    assertTrue(Math.abs(age) <= 60, "not in Unix seconds: " + envelope);
    return matcher.group(1);
  }
}
