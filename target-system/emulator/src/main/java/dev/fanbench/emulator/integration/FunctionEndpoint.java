package dev.fanbench.emulator.integration;

import dev.fanbench.emulator.lambda.Invocation;
import dev.fanbench.emulator.lambda.Invoker;
import dev.fanbench.emulator.mapping.RouteRequest;
import java.util.Map;

/**
 * A function that receives a payload from a mapping template. Its return value is the whole answer.
 */
record FunctionEndpoint(Invoker invoker, String function) implements IntegrationEndpoint {
  private static final int OK = 200;

  @Override
  public PendingAnswer<Answer> send(RouteRequest request, byte[] payload) {
    Invocation invocation = invoker.invoke(function, payload);
    return new PendingAnswer<>(invocation.answer(), invocation::withdraw)
        .map(output -> new Answer(OK, Map.of(), output));
  }
}
