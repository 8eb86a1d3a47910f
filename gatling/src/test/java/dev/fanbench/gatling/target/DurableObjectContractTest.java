package dev.fanbench.gatling.target;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.fanbench.gatling.experiment.ExperimentInTest;
import dev.fanbench.gatling.options.Options;
import dev.fanbench.gatling.options.TargetChoice;
import dev.fanbench.protocol.ChatLimits;
import dev.fanbench.protocol.ReplyFormat;
import dev.fanbench.protocol.contract.ChatClient;
import dev.fanbench.protocol.contract.ChatServerContract;
import dev.fanbench.protocol.contract.RawSocket;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Disabled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The contract of both other designs, passed by the Durable Object. It is left out where workerd is
 * not installed, but never where the variable CI is set.
 */
@Timeout(120)
@TestInstance(Lifecycle.PER_CLASS)
class DurableObjectContractTest implements ChatServerContract {
  private static final String NO_EDN =
      "the worker reads JSON only: the runtime has no parser of EDN";
  private static final String NO_ENVELOPE =
      "an envelope keeps the text of its numbers, which JSON.parse does not keep";
  private static final String NO_HISTORY =
      "the worker keeps no messages: storage is billed apart, and the comparison needs none";

  private static final String NO_CLOSE =
      "workerd answers no frame against the standard with a Close; the object is not asked";

  private Target target;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    Options options =
        ExperimentInTest.options(
            directory, "durable-object", "fanout = [ { subscribers = 2, count = 20, rate = 50 } ]");
    TargetChoice.Started choice = TargetChoice.named(options.home(), "durable-object");
    assumeTrue(
        choice.server().missing().isEmpty() || System.getenv("CI") != null,
        "workerd is not installed");
    target = Target.start(choice, options, Pinning.off("test"));
  }

  @AfterAll
  void stop() {
    if (target != null) {
      target.close();
    }
  }

  @Override
  public URI url() {
    return target.url();
  }

  @Override
  @Test
  @Disabled(NO_EDN)
  public void longestNumberInEdnGetsTheErrorFrame() {}

  @Override
  @Test
  @Disabled(NO_EDN)
  public void broadcastInEdnIsAnsweredInEdn() {}

  @Override
  @Test
  @Disabled(NO_EDN)
  public void broadcastIsReceivedByBothWithItsSender() {}

  @Override
  @Test
  @Disabled(NO_EDN)
  public void whatCannotBeFollowedGetsTheErrorFrameAndStaysConnected(String request) {}

  @Override
  @Test
  @Disabled(NO_ENVELOPE)
  public void envelopeReachesEveryOtherConnection(String sent, String received) {}

  @Override
  @Test
  @Disabled(NO_ENVELOPE)
  public void envelopeWithEchoComesBackToo() {}

  @Override
  @Test
  @Disabled(NO_ENVELOPE)
  public void envelopeIsPublishedToTheOtherWithItsTime() {}

  @Override
  @Test
  @Disabled(NO_HISTORY)
  public void whatIsSaidIsKeptWithItsTimeAndSpeaker() {}

  @Override
  @Test
  @Disabled(NO_CLOSE)
  public void reservedCloseCodesAreAnsweredWith1002(int code) {}

  @Override
  @Test
  @Disabled(NO_CLOSE)
  public void invalidUtf8ClosesWith1007() {}

  @Override
  @Test
  @Disabled(NO_CLOSE)
  public void framesAgainstTheStandardCloseWith1002() {}

  @Override
  @Test
  @Disabled(NO_CLOSE)
  public void randomFramesBreakNothing() {}

  @Test
  void aNameWithManyBlanksDelaysTheOthersLittle() {
    try (ChatClient client = ChatClient.connect(url())) {
      String text = "/channel a" + " ".repeat(130_000) + "b";
      assertTimeout(Duration.ofSeconds(2), () -> assertEquals(ReplyFormat.HELP, client.ask(text)));
    }
  }

  /** The client does not answer the Close, so that its connection stays. */
  @Test
  void aClosingMemberHidesNothingFromTheOthers() throws IOException {
    try (RawSocket closing = RawSocket.connect(url())) {
      closing.text("/channel closing");
      assertEquals("Changed to #closing", closing.next().text());
      try (ChatClient one = ChatClient.connect(url(), "closing");
          ChatClient two = ChatClient.connect(url(), "closing")) {
        // One more than the limit in bytes, and half of it in characters.
        closing.text("ä".repeat(ChatLimits.MESSAGE_BYTES / 2) + ".");
        assertEquals(1009, closing.closeCode());
        one.send("hello");
        assertEquals("#closing anonymous: hello", two.next());
        two.send("{\"action\":\"broadcast\",\"message\":\"to all\"}");
        assertTrue(one.next().startsWith("{\"message\":\"to all\""));
        assertTrue(two.next().startsWith("{\"message\":\"to all\""));
      }
    }
  }

  @Override
  public List<Kept> kept(String room) {
    return List.of();
  }
}
