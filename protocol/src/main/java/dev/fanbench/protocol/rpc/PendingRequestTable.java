package dev.fanbench.protocol.rpc;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;
import java.util.function.LongFunction;

/**
 * The requests of one direction that have no answer yet. An entry and its timer go before its
 * answer, its timeout or the end of the connection is seen by who asked, and with a cancellation,
 * whichever comes first. Thread-safe.
 *
 * @param <B> a body
 */
final class PendingRequestTable<B> {
  private final Map<Long, Waiting<B>> pending = new ConcurrentHashMap<>();
  private final Timer timer;
  private final Duration timeout;
  private long lastId;
  private volatile Throwable ended;

  private static final class Waiting<B> {
    final CompletableFuture<B> answer = new CompletableFuture<>();
    volatile Timer.Cancellation timeLimit = () -> {};
  }

  PendingRequestTable(Timer timer, Duration timeout) {
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
    Waiting<B> waiting = new Waiting<>();
    long id = ++lastId;
    pending.put(id, waiting);
    waiting.timeLimit =
        timer.after(
            timeout,
            () ->
                fail(
                    id,
                    new TimeoutException(
                        "no answer to request %d within %s".formatted(id, timeout))));
    // Who asked may cancel, which comes by neither answer nor fail.
    var unused = waiting.answer.whenComplete((body, failure) -> take(id));
    // Looked at after the entry is there: whoever ends the connection sees one or the other.
    if (ended != null) {
      fail(id, ended);
      waiting.timeLimit.cancel();
      return waiting.answer;
    }
    failWith(id, send.apply(id));
    return waiting.answer;
  }

  private void failWith(long id, CompletionStage<?> sent) {
    var unused =
        sent.whenComplete(
            (done, failure) -> {
              if (failure != null) {
                fail(id, failure);
              }
            });
  }

  /** Answers a request; false if none with this id waits. */
  boolean answer(long id, B body) {
    Waiting<B> waiting = take(id);
    return waiting != null && waiting.answer.complete(body);
  }

  /** Lets a request fail; false if none with this id waits. */
  boolean fail(long id, Throwable failure) {
    Waiting<B> waiting = take(id);
    return waiting != null && waiting.answer.completeExceptionally(failure);
  }

  /** Removes an entry and its timer; {@code null} if there is none. */
  private Waiting<B> take(long id) {
    Waiting<B> waiting = pending.remove(id);
    if (waiting != null) {
      waiting.timeLimit.cancel();
    }
    return waiting;
  }

  /** Fails what waits, and whatever is asked from now on. */
  void end(Throwable reason) {
    ended = reason;
    pending.keySet().forEach(id -> fail(id, reason));
  }

  int size() {
    return pending.size();
  }
}
