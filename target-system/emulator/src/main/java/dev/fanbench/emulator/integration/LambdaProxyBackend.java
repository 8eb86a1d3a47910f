package dev.fanbench.emulator.integration;

import dev.fanbench.emulator.lambda.Invocation;
import dev.fanbench.emulator.lambda.Invoker;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A function that gets the gateway's own event. */
record LambdaProxyBackend(Invoker invoker, String function) implements Backend {

  @Override
  public Pending<IntegrationAnswer> call(byte[] event) {
    Invocation invocation = invoker.invoke(function, event);
    return new Pending<>(invocation.answer(), invocation::abandon).map(LambdaProxyBackend::parse);
  }

  private static IntegrationAnswer parse(byte[] output) {
    try {
      return IntegrationAnswer.parse(output);
    } catch (IOException malformed) {
      throw new UncheckedIOException(malformed);
    }
  }
}
