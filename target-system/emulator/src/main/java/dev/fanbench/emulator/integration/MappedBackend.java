package dev.fanbench.emulator.integration;

import dev.fanbench.emulator.mapping.MappingException;
import dev.fanbench.emulator.mapping.PayloadMapping;
import dev.fanbench.emulator.mapping.RouteRequest;
import java.util.concurrent.CompletableFuture;

/** An endpoint between two mappings, either of which may leave everything as it is. */
record MappedBackend(PayloadMapping request, IntegrationEndpoint endpoint, PayloadMapping response)
    implements Backend {

  @Override
  public PendingAnswer<IntegrationAnswer> call(byte[] event) {
    RouteRequest asked = RouteRequest.read(event);
    byte[] payload;
    try {
      payload = request.request(asked);
    } catch (MappingException failed) {
      return PendingAnswer.of(CompletableFuture.failedFuture(failed));
    }
    return endpoint
        .send(asked, payload)
        .map(answer -> answer.mapped(body -> response.response(asked, body)));
  }
}
