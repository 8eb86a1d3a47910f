package dev.fanbench.functions.chat;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;

/** Posts that all arrive, and are counted. */
public final class CountedPosts implements FramePoster {
  private final AtomicInteger posts = new AtomicInteger();

  @Override
  public CompletableFuture<Result> post(String connectionId, byte[] frame) {
    posts.incrementAndGet();
    return CompletableFuture.completedFuture(Result.DELIVERED);
  }

  /** Fan-outs that post here. */
  public Delivery.Start deliveries(PostPolicy postPolicy) {
    return frame -> new FanOut(this, frame, postPolicy);
  }

  /** Posts since this was asked last. */
  public int count() {
    return posts.getAndSet(0);
  }
}
