package dev.fanbench.functions.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class BatchedDeliveryTest {
  private final Outbox outbox = new Outbox();
  private final List<List<Member>> batches = new ArrayList<>();
  private final List<CompletableFuture<PostOutcome>> answers = new ArrayList<>();

  @Test
  void aRoomThatFitsIsPostedToFromHere() {
    BatchedDelivery batchedDelivery = batchedDelivery(3);
    List.of("a", "b", "c").forEach(id -> batchedDelivery.accept(member(id)));

    assertEquals(new PostOutcome(3, List.of(), 0, 0), batchedDelivery.finish().join());
    assertEquals(List.of(), batches);
  }

  @Test
  void fullBatchesGoToOthersBeforeTheLastMemberIsKnown() {
    BatchedDelivery batchedDelivery = batchedDelivery(2);
    List.of("a", "b", "c", "d", "e").forEach(id -> batchedDelivery.accept(member(id)));

    assertEquals(
        List.of(List.of(member("a"), member("b")), List.of(member("c"), member("d"))), batches);
    CompletableFuture<PostOutcome> outcome = batchedDelivery.finish();
    assertEquals(Set.of("e"), outbox.delivered.keySet());
    assertFalse(outcome.isDone());
    answers.get(0).complete(new PostOutcome(1, List.of(member("b")), 0, 0));
    answers.get(1).complete(new PostOutcome(0, List.of(), 1, 1));
    assertEquals(new PostOutcome(2, List.of(member("b")), 1, 1), outcome.join());
  }

  @Test
  void nobodyIsNobody() {
    assertEquals(new PostOutcome(0, List.of(), 0, 0), batchedDelivery(2).finish().join());
  }

  private BatchedDelivery batchedDelivery(int batch) {
    PostPolicy postPolicy = new PostPolicy(1, PostPolicy.AtGone.FORGET, Duration.ZERO);
    byte[] frame = new byte[0];
    Relay relay =
        (relayed, members) -> {
          batches.add(List.copyOf(members));
          answers.add(new CompletableFuture<>());
          return answers.get(answers.size() - 1);
        };
    return new BatchedDelivery(relay, frame, batch, new FanOut(outbox, frame, postPolicy));
  }

  private static Member member(String id) {
    return new Member(id, "general", 0);
  }
}
