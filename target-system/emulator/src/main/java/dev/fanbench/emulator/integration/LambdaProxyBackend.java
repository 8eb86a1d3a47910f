package dev.fanbench.emulator.integration;

import dev.fanbench.emulator.lambda.Invocation;
import dev.fanbench.emulator.lambda.Invoker;

/** A function that gets the gateway's own event. */
record LambdaProxyBackend(Invoker invoker, String function) implements Backend {

  @Override
  public PendingAnswer<IntegrationAnswer> call(byte[] event) {
    Invocation invocation = invoker.invoke(function, event);
    return new PendingAnswer<>(invocation.answer(), invocation::withdraw).map(this::parse);
  }

  private IntegrationAnswer parse(byte[] output) {
    try {
      return ProxyAnswerParser.parse(output);
    } catch (MalformedAnswerException malformed) {
      throw new MalformedAnswerException(
          "the answer of %s is malformed: %s".formatted(function, malformed.getMessage()),
          malformed);
    }
  }
}
