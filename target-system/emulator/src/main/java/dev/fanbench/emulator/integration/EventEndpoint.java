package dev.fanbench.emulator.integration;

import dev.fanbench.emulator.failure.RequestGuard;
import dev.fanbench.emulator.lambda.Invocation;
import dev.fanbench.emulator.lambda.Invoker;
import dev.fanbench.emulator.mapping.RouteRequest;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * A function that is invoked asynchronously: the answer is {@code 202} without a body, before the
 * function ends. A failed request is not tried again, which Lambda would do twice.
 */
record EventEndpoint(Invoker invoker, String function) implements IntegrationEndpoint {
  private static final int ACCEPTED = 202;

  @Override
  public PendingAnswer<Answer> send(RouteRequest request, byte[] payload) {
    Invocation invocation = invoker.invoke(function, payload);
    // No gateway waits for it, so nothing else would end it.
    var unused =
        invocation
            .answer()
            .copy()
            .orTimeout(invoker.timeout(function).toMillis(), TimeUnit.MILLISECONDS)
            .whenComplete((output, failure) -> ended(invocation, failure));
    return PendingAnswer.of(
        CompletableFuture.completedFuture(new Answer(ACCEPTED, Map.of(), new byte[0])));
  }

  private void ended(Invocation invocation, Throwable failure) {
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
