package dev.fanbench.functions.chat;

import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Another invocation that posts for this one. Implementations are thread-safe. */
public interface Relay {
  /**
   * Hands over a frame, UTF-8 text, and the members to post it to.
   *
   * @return the result of the delivery; never completes exceptionally
   */
  CompletableFuture<PostOutcome> post(byte[] frame, List<Member> members);
}
