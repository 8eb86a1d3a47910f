package dev.fanbench.emulator.integration;

import dev.fanbench.emulator.lambda.EventRequest;
import dev.fanbench.emulator.lambda.Invoker;
import dev.fanbench.emulator.mapping.RouteRequest;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/**
 * A function that is invoked asynchronously: the answer is {@code 202} without a body, before the
 * function ends.
 */
record EventEndpoint(Invoker invoker, String function) implements IntegrationEndpoint {
  private static final int ACCEPTED = 202;

  @Override
  public PendingAnswer<Answer> send(RouteRequest request, byte[] payload) {
    EventRequest.start(invoker, function, payload);
    return PendingAnswer.of(
        CompletableFuture.completedFuture(new Answer(ACCEPTED, Map.of(), new byte[0])));
  }
}
