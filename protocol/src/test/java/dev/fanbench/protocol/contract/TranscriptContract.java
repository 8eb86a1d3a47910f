package dev.fanbench.protocol.contract;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** What users of the systems that this protocol comes from saw, typed in again. */
interface TranscriptContract extends TargetUnderContract {

  @Test
  default void slackCloneWithTwoPeople() {
    try (ChatClient one = ChatClient.connect(url());
        ChatClient two = ChatClient.connect(url())) {
      assertEquals("Set username to BZ1", one.ask("/name BZ1"));
      assertEquals("Set username to BZ2", two.ask("/name BZ2"));
      one.send("hello from BZ1");
      assertEquals("#general BZ1: hello from BZ1", two.next());
      two.send("hello from BZ2");
      assertEquals("#general BZ2: hello from BZ2", one.next());
      assertEquals("Changed to #random", one.ask("/channel #random"));
      two.send("anybody here?");
      one.expectNothing();
      String channels = one.ask("{\"action\":\"command\",\"data\":\"fetchChannels\"}");
      assertTrue(channels.startsWith("{\"channelsList\": [\"general\", "), channels);
      assertTrue(channels.contains(", \"random\""), channels);
    }
  }

  @Test
  default void broadcastIsReceivedByBothWithItsSender() {
    try (ChatClient one = ChatClient.connect(url());
        ChatClient two = ChatClient.connect(url())) {
      String json = one.ask("{\"action\":\"broadcast\",\"message\":\"Hello everyone\"}");
      assertEquals(json, two.next());
      String sender = json.replaceAll("^.*\"sender\":\"|\"}$", "");
      assertEquals("{\"message\":\"Hello everyone\",\"sender\":\"%s\"}".formatted(sender), json);
      String edn = one.ask("{:action :broadcast :message \"Hello everyone\"}");
      assertEquals("{:message \"Hello everyone\", :sender \"%s\"}\n".formatted(sender), edn);
      assertEquals(edn, two.next());
    }
  }

  @Test
  default void envelopeIsPublishedToTheOtherWithItsTime() {
    try (ChatClient one = ChatClient.connect(url());
        ChatClient two = ChatClient.connect(url())) {
      one.send("{\"echo\":false,\"type\":99,\"data\":\"data to publish\"}");
      String received = two.next();
      assertTrue(
          received.matches("\\{\"type\":99,\"data\":\"data to publish\",\"received\":[0-9]{10}}"),
          received);
      one.expectNothing();
    }
  }
}
