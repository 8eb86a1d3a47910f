package dev.fanbench.baseline.nodes;

import dev.fanbench.baseline.broadcast.Broadcaster;
import java.util.concurrent.CompletableFuture;

/**
 * A channel that this node listens to.
 *
 * @param audience the members here
 * @param heard done as soon as messages come, or there is no use in waiting for them
 */
record Subscription(Broadcaster audience, CompletableFuture<Void> heard) {
  static Subscription of(Broadcaster audience) {
    return new Subscription(audience, new CompletableFuture<>());
  }

  void isHeard() {
    heard.complete(null);
  }
}
