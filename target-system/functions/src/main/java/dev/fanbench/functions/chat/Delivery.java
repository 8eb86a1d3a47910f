package dev.fanbench.functions.chat;

import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;

/**
 * The delivery of one frame to many members. Members are added while the registry is still being
 * read. Implementations are thread-safe.
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
  CompletableFuture<PostOutcome> finish();

  /** Starts the delivery of a frame. */
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
