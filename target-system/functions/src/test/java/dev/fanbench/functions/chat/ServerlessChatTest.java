package dev.fanbench.functions.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.functions.chat.FramePoster.Result;
import dev.fanbench.functions.chat.PostPolicy.AtGone;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the chat decides by itself; what clients see is in the contract that both targets pass. */
class ServerlessChatTest {
  private static final Duration GRACE = Duration.ofSeconds(30);
  private static final long NOW = 1_700_000_000_000L;

  private final MapRegistry registry = new MapRegistry();
  private final Outbox outbox = new Outbox();
  private final List<StoredMessage> stored = new ArrayList<>();
  private final List<String> log = new ArrayList<>();
  private PostPolicy postPolicy = new PostPolicy(50, AtGone.FORGET, GRACE);
  private MessageLog messages =
      message -> {
        stored.add(message);
        return CompletableFuture.completedFuture(null);
      };

  @BeforeEach
  void threeAreInGeneral() {
    for (String id : List.of("sender", "old", "other")) {
      registry.connect(id, Optional.empty(), NOW - GRACE.toMillis() - 1).join();
    }
  }

  @Test
  void memberThatIsGoneForGoodIsForgottenAndOthersHear() {
    outbox.failing.put("old", Result.GONE);
    assertEquals(Optional.empty(), say("hello"));
    assertEquals(Set.of("sender", "other"), Set.copyOf(registry.connections()));
    assertEquals(Map.of("other", "#general anonymous: hello"), outbox.delivered);
  }

  @Test
  void memberStillInItsHandshakeIsKept() {
    registry.connect("new", Optional.empty(), NOW - GRACE.toMillis()).join();
    outbox.failing.put("new", Result.GONE);
    say("too early");
    assertTrue(registry.connections().contains("new"));

    outbox.failing.clear();
    say("hello");
    assertEquals("#general anonymous: hello", outbox.delivered.get("new"));
  }

  @Test
  void memberThatOnlyFailedIsKept() {
    outbox.failing.put("old", Result.FAILED);
    say("hello");
    assertTrue(registry.connections().contains("old"));
    assertEquals(List.of("1 posts failed, 1 arrived"), log);
  }

  @Test
  void withoutCleanupTheMemberStaysAndOthersHear() {
    postPolicy = new PostPolicy(50, AtGone.GO_ON, GRACE);
    outbox.failing.put("old", Result.GONE);
    say("hello");
    say("again");
    assertTrue(registry.connections().contains("old"));
    assertEquals(Map.of("other", "#general anonymous: again"), outbox.delivered);
    assertEquals(List.of("1 posts failed, 1 arrived", "1 posts failed, 1 arrived"), log);
  }

  @Test
  void brokenOffBroadcastFailsAfterTheLineIsKeptAndTheMemberStays() {
    postPolicy = new PostPolicy(1, AtGone.BREAK_OFF, GRACE);
    outbox.failing.put("old", Result.GONE);
    for (String text : List.of("hello", "again")) {
      Throwable failure = assertThrows(CompletionException.class, () -> say(text)).getCause();
      assertEquals(
          "broken off at a member that is gone: 0 had the frame, 1 were left out",
          failure.getMessage());
    }
    assertTrue(registry.connections().contains("old"));
    assertEquals(2, stored.size());
    assertEquals(Map.of(), outbox.delivered);
  }

  @Test
  void lineIsKeptWithWhoSaidItAndWhen() {
    say("hello");
    assertEquals(
        List.of(
            new StoredMessage(
                "request", new Sender("sender", "anonymous", "general"), "hello", NOW)),
        stored);
  }

  @Test
  void lineThatCannotBeKeptFailsAfterItWasDelivered() {
    messages = message -> CompletableFuture.failedFuture(new IllegalStateException("full"));
    assertInstanceOf(
        IllegalStateException.class,
        assertThrows(CompletionException.class, () -> say("hello")).getCause());
    assertEquals(2, outbox.delivered.size());
  }

  @Test
  void senderThatNobodyKnowsIsAnError() {
    registry.disconnect("sender").join();
    assertInstanceOf(
        UnknownConnectionException.class,
        assertThrows(CompletionException.class, () -> say("hello")).getCause());
  }

  private Optional<String> say(String text) {
    Clock clock = Clock.fixed(Instant.ofEpochMilli(NOW), ZoneOffset.UTC);
    return new ServerlessChat(
            registry,
            messages,
            frame -> new FanOut(outbox, frame, postPolicy),
            postPolicy,
            clock,
            log::add)
        .receive("sender", "author", "request", text)
        .join();
  }
}
