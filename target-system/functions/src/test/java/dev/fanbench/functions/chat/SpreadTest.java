package dev.fanbench.functions.chat;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class SpreadTest {
  private final Outbox outbox = new Outbox();
  private final List<List<Member>> batches = new ArrayList<>();
  private final List<CompletableFuture<Outcome>> answers = new ArrayList<>();

  @Test
  void aRoomThatFitsIsPostedToFromHere() {
    Spread spread = spread(3);
    List.of("a", "b", "c").forEach(id -> spread.accept(member(id)));

    assertEquals(new Outcome(3, List.of(), 0, 0), spread.finish().join());
    assertEquals(List.of(), batches);
  }

  @Test
  void fullBatchesGoToOthersBeforeTheLastMemberIsKnown() {
    Spread spread = spread(2);
    List.of("a", "b", "c", "d", "e").forEach(id -> spread.accept(member(id)));

    assertEquals(
        List.of(List.of(member("a"), member("b")), List.of(member("c"), member("d"))), batches);
    CompletableFuture<Outcome> outcome = spread.finish();
    assertEquals(Set.of("e"), outbox.delivered.keySet());
    assertFalse(outcome.isDone());
    answers.get(0).complete(new Outcome(1, List.of(member("b")), 0, 0));
    answers.get(1).complete(new Outcome(0, List.of(), 1, 1));
    assertEquals(new Outcome(2, List.of(member("b")), 1, 1), outcome.join());
  }

  @Test
  void nobodyIsNobody() {
    assertEquals(new Outcome(0, List.of(), 0, 0), spread(2).finish().join());
  }

  private Spread spread(int batch) {
    Posting posting = new Posting(1, Posting.AtGone.FORGET, Duration.ZERO);
    byte[] frame = new byte[0];
    Relay relay =
        (relayed, members) -> {
          batches.add(List.copyOf(members));
          answers.add(new CompletableFuture<>());
          return answers.get(answers.size() - 1);
        };
    return new Spread(relay, frame, batch, new FanOut(outbox, frame, posting));
  }

  private static Member member(String id) {
    return new Member(id, "general", 0);
  }
}
