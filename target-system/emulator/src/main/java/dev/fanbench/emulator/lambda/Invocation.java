package dev.fanbench.emulator.lambda;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * One request to one function. Thread-safe.
 *
 * <p>{@link #answer()} completes with the function's output, or exceptionally with what the handler
 * or its construction threw. A request that was given up completes with a {@link
 * java.util.concurrent.TimeoutException}.
 */
public final class Invocation {
  private final Invoker invoker;
  private final String function;
  private final byte[] event;
  private final boolean asynchronous;
  private final CompletableFuture<byte[]> answer = new CompletableFuture<>();
  private volatile Environment environment;
  private volatile boolean abandoned;
  private final AtomicBoolean over = new AtomicBoolean();

  /**
   * @param asynchronous whether no caller waits for the answer
   */
  Invocation(Invoker invoker, String function, byte[] event, boolean asynchronous) {
    this.invoker = invoker;
    this.function = function;
    this.event = event;
    this.asynchronous = asynchronous;
  }

  String function() {
    return function;
  }

  byte[] event() {
    return event;
  }

  boolean isAsynchronous() {
    return asynchronous;
  }

  /** The return value of the function. */
  public CompletableFuture<byte[]> answer() {
    return answer;
  }

  /**
   * Gives the request up at the end of its function's time. One that still waits is never run; the
   * environment of one that runs is replaced.
   */
  public void abandon() {
    abandoned = true;
    Environment runsIn = environment;
    if (runsIn == null) {
      invoker.forget(this);
    } else {
      runsIn.abandon(this);
    }
  }

  /** Gives the request up if it still waits. One that runs goes on until its function ends it. */
  public void withdraw() {
    if (environment == null) {
      invoker.forget(this);
    }
  }

  boolean isAbandoned() {
    return abandoned;
  }

  /** Marks the request as answered or given up for good; true for the first call only. */
  boolean markOver() {
    return over.compareAndSet(false, true);
  }

  void runsIn(Environment where) {
    environment = where;
  }
}
