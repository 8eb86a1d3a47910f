package dev.fanbench.protocol.rpc;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;

/**
 * The requests of one direction that have no answer yet. An entry goes with its answer, its
 * timeout, its cancellation or the connection, whichever comes first. Thread-safe.
 *
 * @param <B> a body
 */
final class PendingRequests<B> {
  private final Map<Long, CompletableFuture<B>> pending = new ConcurrentHashMap<>();
  private final Timer timer;
  private final Duration timeout;
  private long lastId;
  private volatile Throwable ended;

  PendingRequests(Timer timer, Duration timeout) {
    this.timer = timer;
    this.timeout = timeout;
  }

  /**
   * Sends a request under the next id; one at a time, so that ids travel in their order.
   *
   * @param send sends it under the id it is given, without waiting for it; its failure is the
   *     request's
   * @return the answer; fails with a {@link TimeoutException} when none comes in time
   */
  synchronized CompletableFuture<B> ask(LongFunction<? extends CompletionStage<?>> send) {
    CompletableFuture<B> answer = new CompletableFuture<>();
    long id = ++lastId;
    pending.put(id, answer);
    Timer.Cancellation timeLimit =
        timer.after(
            timeout,
            () ->
                answer.completeExceptionally(
                    new TimeoutException(
                        "no answer to request %d within %s".formatted(id, timeout))));
    var unused =
        answer.whenComplete(
            (body, failure) -> {
              pending.remove(id);
              timeLimit.cancel();
            });
    // Looked at after the entry is there: whoever ends the connection sees one or the other.
    if (ended != null) {
      answer.completeExceptionally(ended);
      return answer;
    }
    failWith(answer, send.apply(id));
    return answer;
  }

  private static void failWith(CompletableFuture<?> answer, CompletionStage<?> sent) {
    var unused =
        sent.whenComplete(
            (done, failure) -> {
              if (failure != null) {
                answer.completeExceptionally(failure);
              }
            });
  }

  /** Answers a request; false if none with this id waits. */
  boolean answer(long id, B body) {
    CompletableFuture<B> waiting = pending.get(id);
    return waiting != null && waiting.complete(body);
  }

  /** Lets a request fail; false if none with this id waits. */
  boolean fail(long id, Throwable failure) {
    CompletableFuture<B> waiting = pending.get(id);
    return waiting != null && waiting.completeExceptionally(failure);
  }

  /** Fails what waits, and whatever is asked from now on. */
  void end(Throwable reason) {
    ended = reason;
    pending.values().forEach(waiting -> waiting.completeExceptionally(reason));
  }

  int size() {
    return pending.size();
  }
}
