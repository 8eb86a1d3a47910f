package dev.fanbench.junit;

import dev.fanbench.emulator.gateway.ConnectionObserver;
import dev.fanbench.emulator.gateway.PostAnswer;
import dev.fanbench.target.DeadlineClock;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Keeps the connections and posts of one API, and refuses posts for a test. Thread-safe. */
final class ApiJournal implements ConnectionObserver {
  /** The longest time that a test waits for something. */
  static final Duration PATIENCE = Duration.ofSeconds(10);

  // All are guarded by this object's monitor, which is notified of each change.
  private final Set<String> connections = new LinkedHashSet<>();
  private final List<ApiPost> posts = new ArrayList<>();
  private final Map<String, Refusals> refusals = new HashMap<>();

  /** So many posts that are answered otherwise. */
  private record Refusals(PostAnswer answer, int left) {}

  @Override
  public synchronized void opened(String connectionId) {
    connections.add(connectionId);
    notifyAll();
  }

  @Override
  public synchronized void closed(String connectionId) {
    connections.remove(connectionId);
    notifyAll();
  }

  @Override
  public synchronized PostAnswer posted(String connectionId, ByteBuffer body) {
    Refusals refused = refusals.get(connectionId);
    if (refused != null && refused.left() > 0) {
      refusals.put(connectionId, new Refusals(refused.answer(), refused.left() - 1));
      if (refused.answer() != PostAnswer.DELIVERED) {
        return refused.answer();
      }
    }
    posts.add(new ApiPost(connectionId, StandardCharsets.UTF_8.decode(body).toString()));
    notifyAll();
    return PostAnswer.DELIVERED;
  }

  /** Answers the next posts to a connection. */
  synchronized void answer(String connectionId, PostAnswer answer, int times) {
    refusals.put(connectionId, new Refusals(answer, times));
  }

  synchronized List<ApiPost> posts() {
    return List.copyOf(posts);
  }

  synchronized List<String> connections() {
    return List.copyOf(connections);
  }

  /** Forgets the posts so far. */
  synchronized void clear() {
    posts.clear();
  }

  /** At least so many posts, awaited. */
  List<ApiPost> awaitPosts(int count) {
    return await(this::posts, all -> all.size() >= count, count + " posts were awaited");
  }

  /** Exactly so many open connections, awaited. */
  List<String> awaitConnections(int count) {
    return await(
        this::connections, all -> all.size() == count, count + " connections were awaited");
  }

  private synchronized <T> T await(Supplier<T> read, Predicate<T> enough, String wanted) {
    DeadlineClock deadline = new DeadlineClock(PATIENCE);
    T now = read.get();
    while (!enough.test(now)) {
      long millis = deadline.leftNanos() / 1_000_000;
      if (millis <= 0) {
        throw new AssertionError(
            "%s for %d s; there are %s".formatted(wanted, PATIENCE.toSeconds(), now));
      }
      try {
        wait(millis);
      } catch (InterruptedException stopped) {
        Thread.currentThread().interrupt();
        throw new AssertionError(wanted + ", but the test was interrupted", stopped);
      }
      now = read.get();
    }
    return now;
  }
}
