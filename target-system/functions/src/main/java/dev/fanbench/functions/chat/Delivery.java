package dev.fanbench.functions.chat;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * One frame on its way to many members, who are added while they are still being read from the
 * registry. Implementations are thread-safe.
 */
public interface Delivery extends Consumer<Member> {

  /** Adds a member; not to be called after {@link #finish()}. */
  @Override
  void accept(Member member);

  /**
   * Says that every member was added.
   *
   * @return completes when the last of them was answered, and never exceptionally
   */
  CompletableFuture<Outcome> finish();

  /** How frames get on their way. */
  @FunctionalInterface
  interface Start {
    /**
     * Begins with a frame.
     *
     * @param frame UTF-8 text; not copied, so never changed
     */
    Delivery of(byte[] frame);
  }
}
