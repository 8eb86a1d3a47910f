package dev.fanbench.emulator.lambda;

import dev.fanbench.emulator.failure.RequestGuard;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;

/**
 * Requests of the invocation type {@code Event}, which have no caller that waits. One that may not
 * begin now waits, and its function's time begins with it. A failed one is not tried again, which
 * Lambda would do twice. Stateless.
 */
public final class EventRequest {

  private EventRequest() {}

  /** Starts one, or lets it wait until it may begin. */
  public static void start(Invoker invoker, String function, byte[] event) {
    var unused =
        invoker
            .invokeAsynchronously(function, event)
            .answer()
            .whenComplete((output, failure) -> ended(function, failure));
  }

  private static void ended(String function, Throwable failure) {
    // A function that throws is named where it runs.
    if (failure instanceof RejectedExecutionException || failure instanceof TimeoutException) {
      RequestGuard.report("an asynchronous request to " + function, failure);
    }
  }
}
