package dev.fanbench.baseline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.protocol.ReplyFormat;
import dev.fanbench.protocol.contract.ChatClient;
import dev.fanbench.protocol.contract.RawSocket;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a frame means in the profiles beside the common one. */
class FrameProfileTest {
  private static final Instant NOW = Instant.ofEpochSecond(1_600_000_000);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{}|{\"type\":0,\"data\":null,\"received\":1600000000}",
        "{\"x\":1}|{\"type\":0,\"data\":null,\"received\":1600000000}",
        "{\"DATA\":[1, 2]}|{\"type\":0,\"data\":[1,2],\"received\":1600000000}",
        "{\"type\":99}|{\"type\":99,\"data\":null,\"received\":1600000000}"
      })
  void publishFillsInWhatAnEnvelopeLacks(String sent, String received) throws Exception {
    try (NettyServer server = start(FrameProfile.PUBLISH);
        ChatClient publisher = ChatClient.connect(server.url());
        ChatClient other = ChatClient.connect(server.url())) {
      publisher.send(sent);
      assertEquals(received, other.next());
      publisher.expectNothing();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"hello", "[]", "null", "{\"data\":", "{\"type\":\"99\"}", "{:a 1}"})
  void publishRefusesTheRest(String sent) throws Exception {
    try (NettyServer server = start(FrameProfile.PUBLISH);
        ChatClient publisher = ChatClient.connect(server.url());
        ChatClient other = ChatClient.connect(server.url())) {
      String answer = publisher.ask(sent);
      assertTrue(ReplyFormat.isInternalServerError(answer), answer);
      other.expectNothing();
      assertEquals(ReplyFormat.HELP, publisher.ask("/help"));
    }
  }

  @Test
  void echoReturnsTextAndLargeBinaryToTheirSenderAlone() throws Exception {
    byte[] large = new byte[1024 * 1024];
    large[large.length - 1] = 1;
    try (NettyServer server = start(FrameProfile.ECHO);
        ChatClient sender = ChatClient.connect(server.url());
        ChatClient other = ChatClient.connect(server.url())) {
      for (String text : new String[] {"/help", "", "{:a", "\u00e9\ud83d\ude00"}) {
        assertEquals(text, sender.ask(text));
      }
      sender.sendPart("in ", false).sendPart("parts", true);
      assertEquals("in parts", sender.next());
      assertEquals(ByteBuffer.wrap(large), sender.sendBinary(large).nextBinary());
      assertEquals("nothing came before this", other.ask("nothing came before this"));
    }
  }

  @Test
  void echoHasALimitToo() throws Exception {
    byte[] headerOfLonger = {(byte) 0x82, (byte) 0xff, 0, 0, 0, 0, 2, 0, 0, 1, 1, 2, 3, 4};
    try (NettyServer server = start(FrameProfile.ECHO);
        RawSocket raw = RawSocket.connect(server.url())) {
      assertEquals(1009, raw.bytes(headerOfLonger).closeCode());
    }
  }

  private static NettyServer start(FrameProfile profile) throws IOException {
    return NettyServer.start(
        ServerOptions.defaults()
            .withRules(
                ConnectionRules.defaults()
                    .withProfile(profile)
                    .withClock(InstantSource.fixed(NOW))));
  }
}
