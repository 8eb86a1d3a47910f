package dev.fanbench.baseline.chat;

import dev.fanbench.baseline.broadcast.Broadcaster;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;

/**
 * Makes the audiences of a chat, and hears which rooms have members. On one node an audience is the
 * room; on several it is the part of the room that is connected here. Thread-safe.
 */
public interface AudienceSource {
  /** The audience of every connection, made once. */
  Broadcaster everyone();

  /** A new audience for the room of that name. */
  Broadcaster room(String name);

  /**
   * A room has its first member here. Called before the member joins, in order with {@link
   * #emptied}.
   *
   * @param audience made by {@link #room}
   * @return done as soon as publications from elsewhere reach the audience
   */
  CompletionStage<Void> occupied(String name, Broadcaster audience);

  /** A room has lost its last member here. */
  void emptied(String name);

  /** Audiences of one node, which has all members. */
  static AudienceSource local(Supplier<Broadcaster> audiences) {
    CompletionStage<Void> done = CompletableFuture.completedFuture(null);
    return new AudienceSource() {
      @Override
      public Broadcaster everyone() {
        return audiences.get();
      }

      @Override
      public Broadcaster room(String name) {
        return audiences.get();
      }

      @Override
      public CompletionStage<Void> occupied(String name, Broadcaster audience) {
        return done;
      }

      @Override
      public void emptied(String name) {}
    };
  }
}
