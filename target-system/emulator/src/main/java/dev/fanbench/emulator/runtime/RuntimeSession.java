package dev.fanbench.emulator.runtime;

import dev.fanbench.emulator.lambda.FunctionException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/**
 * The state of one process at the Runtime API: it initialises, asks for a request, answers it, and
 * asks for the next. Thread-safe. The environment's thread waits in {@link #awaitReady} and {@link
 * #run}; the other methods return at once.
 */
final class RuntimeSession {
  private final CompletableFuture<Void> ready = new CompletableFuture<>();

  /** The open question for a request, or null. */
  private Consumer<RuntimeRequest> next;

  /** The request that is handed out, or waits for the question; null between requests. */
  private RuntimeRequest current;

  private boolean handedOut;

  /** The end of the process or of its initialisation, or null. */
  private FunctionException end;

  /** The reaction to a call of the process. */
  enum Reaction {
    ACCEPTED,
    /** The request is not the current one. */
    UNKNOWN_REQUEST,
    /** The call does not fit the state: a question for a request before the last was answered. */
    OUT_OF_TURN
  }

  /**
   * Waits for the end of the initialisation, which is the first question for a request.
   *
   * @throws FunctionException if the initialisation failed, or the process has ended
   * @throws TimeoutException if it takes longer than {@code patience}
   */
  void awaitReady(Duration patience)
      throws FunctionException, TimeoutException, InterruptedException {
    await(ready, patience);
  }

  /**
   * Hands a request to the process and waits for the answer.
   *
   * @throws FunctionException if the function reported an error, or its process has ended
   * @throws TimeoutException if it takes longer than the function's timeout
   */
  byte[] run(RuntimeRequest request)
      throws FunctionException, TimeoutException, InterruptedException {
    Consumer<RuntimeRequest> asking;
    synchronized (this) {
      if (end != null) {
        throw end;
      }
      current = request;
      asking = next;
      next = null;
      handedOut = asking != null;
    }
    if (asking != null) {
      asking.accept(request);
    }
    return await(request.answer(), request.timeout());
  }

  private static <T> T await(CompletableFuture<T> future, Duration patience)
      throws FunctionException, TimeoutException, InterruptedException {
    try {
      return future.get(patience.toNanos(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException failed) {
      if (failed.getCause() instanceof FunctionException known) {
        throw known;
      }
      throw new IllegalStateException(failed.getCause());
    }
  }

  /** Whether the process takes no further request. */
  synchronized boolean hasEnded() {
    return end != null;
  }

  /**
   * The process asks for a request.
   *
   * @param asking gets the request, now or later, on any thread
   */
  Reaction next(Consumer<RuntimeRequest> asking) {
    RuntimeRequest waiting;
    synchronized (this) {
      if (handedOut) {
        return Reaction.OUT_OF_TURN;
      }
      waiting = current;
      handedOut = waiting != null;
      next = waiting == null ? asking : null;
    }
    ready.complete(null);
    if (waiting != null) {
      asking.accept(waiting);
    }
    return Reaction.ACCEPTED;
  }

  /** The connection of a question is closed; it can no longer be answered. */
  synchronized void withdraw(Consumer<RuntimeRequest> asking) {
    if (next == asking) {
      next = null;
    }
  }

  /** The process answers a request. */
  Reaction answer(String id, byte[] output) {
    RuntimeRequest answered = takeCurrent(id);
    if (answered == null) {
      return Reaction.UNKNOWN_REQUEST;
    }
    answered.answer().complete(output);
    return Reaction.ACCEPTED;
  }

  /** The process reports the failure of a request. */
  Reaction fail(String id, FunctionException error) {
    RuntimeRequest failed = takeCurrent(id);
    if (failed == null) {
      return Reaction.UNKNOWN_REQUEST;
    }
    failed.answer().completeExceptionally(error);
    return Reaction.ACCEPTED;
  }

  private synchronized RuntimeRequest takeCurrent(String id) {
    if (!handedOut || !current.id().equals(id)) {
      return null;
    }
    RuntimeRequest taken = current;
    current = null;
    handedOut = false;
    return taken;
  }

  /** The process has ended, or reports that its initialisation failed. The first call counts. */
  void end(FunctionException why) {
    RuntimeRequest open;
    synchronized (this) {
      if (end != null) {
        return;
      }
      end = why;
      open = current;
      current = null;
      handedOut = false;
      next = null;
    }
    ready.completeExceptionally(why);
    if (open != null) {
      open.answer().completeExceptionally(why);
    }
  }
}
