package dev.fanbench.emulator.lambda;

import dev.fanbench.emulator.failure.RequestGuard;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Requests of the invocation type {@code Event}, which have no caller that waits. A failed one is
 * not tried again, which Lambda would do twice. Stateless.
 */
public final class EventRequest {

  private EventRequest() {}

  /** Starts one, and ends it at the timeout of its function. */
  public static void start(Invoker invoker, String function, byte[] event) {
    Invocation invocation = invoker.invoke(function, event);
    var unused =
        invocation
            .answer()
            .copy()
            .orTimeout(invoker.timeout(function).toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete((output, failure) -> ended(function, invocation, failure));
  }

  private static void ended(String function, Invocation invocation, Throwable failure) {
    if (failure instanceof TimeoutException) {
      invocation.abandon();
    }
    Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
    // A function that throws is named where it runs.
    if (cause instanceof RejectedExecutionException || cause instanceof TimeoutException) {
      RequestGuard.report("an asynchronous request to " + function, cause);
    }
  }
}
