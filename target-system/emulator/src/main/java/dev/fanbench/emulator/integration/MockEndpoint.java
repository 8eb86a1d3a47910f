package dev.fanbench.emulator.integration;

import dev.fanbench.emulator.json.JsonTree;
import dev.fanbench.emulator.mapping.RouteRequest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A loopback: the payload is the answer, and says its own status. */
enum MockEndpoint implements IntegrationEndpoint {
  LOOPBACK;

  @Override
  public PendingAnswer<Answer> send(RouteRequest request, byte[] payload) {
    try {
      Object tree = JsonTree.read(new String(payload, StandardCharsets.UTF_8));
      if (tree instanceof Map<?, ?> map && map.get("statusCode") instanceof Integer status) {
        return PendingAnswer.of(
            CompletableFuture.completedFuture(new Answer(status, Map.of(), payload)));
      }
    } catch (IOException noJson) {
      // Fails below, like JSON without a status code.
    }
    return PendingAnswer.of(
        CompletableFuture.failedFuture(
            new IOException("the request of a mock integration is {\"statusCode\": …}")));
  }
}
