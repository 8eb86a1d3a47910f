package dev.fanbench.functions.chat;

import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/** Posts that arrive here, or fail as they are told. */
final class Outbox implements FramePoster {
  /** A post that waits for the test to say what becomes of it. */
  record Pending(String connectionId, CompletableFuture<Result> result) {}

  final Map<String, String> delivered = new ConcurrentHashMap<>();
  final Map<String, Result> failing = new ConcurrentHashMap<>();
  final Queue<Pending> pending = new ConcurrentLinkedQueue<>();
  volatile boolean manual;

  @Override
  public CompletableFuture<Result> post(String connectionId, byte[] frame) {
    if (manual) {
      Pending post = new Pending(connectionId, new CompletableFuture<>());
      pending.add(post);
      return post.result();
    }
    Result result = failing.getOrDefault(connectionId, Result.DELIVERED);
    if (result == Result.DELIVERED) {
      delivered.put(connectionId, new String(frame, java.nio.charset.StandardCharsets.UTF_8));
    }
    return CompletableFuture.completedFuture(result);
  }
}
