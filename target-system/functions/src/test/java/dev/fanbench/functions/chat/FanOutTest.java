package dev.fanbench.functions.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.fanbench.functions.chat.FramePoster.Result;
import dev.fanbench.functions.chat.PostPolicy.AtGone;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class FanOutTest {
  private final Outbox outbox = new Outbox();

  @Test
  void neverMorePostsInFlightThanAllowed() {
    outbox.manual = true;
    FanOut fanOut = new FanOut(outbox, new byte[0], inFlight(3));
    for (int i = 0; i < 10; i++) {
      fanOut.accept(member("c" + i));
    }
    CompletableFuture<PostOutcome> outcome = fanOut.finish();
    for (int answered = 0; answered < 10; answered++) {
      assertEquals(Math.min(3, 10 - answered), outbox.pending.size());
      assertFalse(outcome.isDone());
      outbox.pending.remove().result().complete(Result.DELIVERED);
    }
    assertEquals(new PostOutcome(10, List.of(), 0, 0), outcome.join());
  }

  @Test
  void membersThatFailNeverKeepOthersFromTheirFrame() {
    outbox.failing.put("gone", Result.GONE);
    outbox.failing.put("broken", Result.FAILED);
    FanOut fanOut =
        new FanOut(outbox, "frame".getBytes(java.nio.charset.StandardCharsets.UTF_8), inFlight(1));
    for (String id : List.of("gone", "a", "broken", "b")) {
      fanOut.accept(member(id));
    }
    assertEquals(new PostOutcome(2, List.of(member("gone")), 1, 0), fanOut.finish().join());
    assertEquals("frame", outbox.delivered.get("b"));
  }

  @Test
  void postThatBreaksItsPromiseIsCountedAsFailed() {
    FanOut fanOut =
        new FanOut(
            (id, frame) -> CompletableFuture.failedFuture(new IllegalStateException()),
            new byte[0],
            inFlight(1));
    fanOut.accept(member("a"));
    assertEquals(new PostOutcome(0, List.of(), 1, 0), fanOut.finish().join());
  }

  @Test
  void postsThatCompleteAtOnceNeedNoStack() {
    FanOut fanOut = new FanOut(outbox, new byte[0], inFlight(1));
    for (int i = 0; i < 100_000; i++) {
      fanOut.accept(member("c" + i));
    }
    assertEquals(100_000, fanOut.finish().join().delivered());
  }

  @Test
  void longQueueOfPostsThatThenCompleteAtOnceNeedsNoStack() {
    outbox.manual = true;
    FanOut fanOut = new FanOut(outbox, new byte[0], inFlight(1));
    for (int i = 0; i < 100_000; i++) {
      fanOut.accept(member("c" + i));
    }
    CompletableFuture<PostOutcome> outcome = fanOut.finish();
    outbox.manual = false;
    outbox.pending.remove().result().complete(Result.DELIVERED);
    assertEquals(100_000, outcome.join().delivered());
  }

  @Test
  void brokenOffFanOutLeavesOutEveryoneAfterTheMemberThatIsGone() {
    outbox.failing.put("gone", Result.GONE);
    FanOut fanOut =
        new FanOut(outbox, new byte[0], new PostPolicy(1, AtGone.BREAK_OFF, Duration.ZERO));
    for (String id : List.of("a", "gone", "b", "c")) {
      fanOut.accept(member(id));
    }
    assertEquals(new PostOutcome(1, List.of(member("gone")), 0, 2), fanOut.finish().join());
    assertEquals(Set.of("a"), outbox.delivered.keySet());
  }

  @Test
  void nobodyIsNobody() {
    assertTrue(new FanOut(outbox, new byte[0], inFlight(1)).finish().isDone());
  }

  private static PostPolicy inFlight(int posts) {
    return new PostPolicy(posts, AtGone.FORGET, Duration.ZERO);
  }

  private static Member member(String id) {
    return new Member(id, "general", 0);
  }
}
