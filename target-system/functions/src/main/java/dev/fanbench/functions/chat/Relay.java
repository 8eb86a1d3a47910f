package dev.fanbench.functions.chat;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Another invocation that posts for this one. Implementations are thread-safe. */
public interface Relay {
  /**
   * Hands over a frame, UTF-8 text, and the members who are to have it.
   *
   * @return what became of it; never completes exceptionally
   */
  CompletableFuture<Outcome> post(byte[] frame, List<Member> members);
}
