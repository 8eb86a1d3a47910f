package dev.fanbench.emulator.integration;

import dev.fanbench.emulator.json.JsonTree;
import dev.fanbench.emulator.mapping.ParameterMapping;
import dev.fanbench.emulator.mapping.RouteRequest;
import dev.fanbench.emulator.template.HttpEndpoint;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Supplier;

/**
 * An action of DynamoDB, with the payload as its request. Its answer has the consumed capacity only
 * if the request asks for it: the store tells it to the meter each time.
 *
 * @param store the address of the store, which is known when the first client is let in
 * @param headers the action and a signature
 */
record DynamoDbEndpoint(HttpCaller http, Supplier<URI> store, ParameterMapping headers)
    implements IntegrationEndpoint {
  private static final String ASKED = "ReturnConsumedCapacity";
  private static final String CONSUMED = "ConsumedCapacity";

  @Override
  public PendingAnswer<Answer> send(RouteRequest request, byte[] payload) {
    HttpEndpoint endpoint = new HttpEndpoint("POST", store.get(), Map.of());
    PendingAnswer<Answer> answer = http.endpoint(endpoint, headers, false).send(request, payload);
    return text(payload).contains(ASKED)
        ? answer
        : answer.map(given -> given.withBody(DynamoDbEndpoint::withoutCapacity));
  }

  private static byte[] withoutCapacity(byte[] body) {
    String text = text(body);
    if (!text.contains(CONSUMED)) {
      return body;
    }
    try {
      if (JsonTree.read(text) instanceof Map<?, ?> answer) {
        answer.remove(CONSUMED);
        return JsonTree.write(answer).getBytes(StandardCharsets.UTF_8);
      }
      return body;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static String text(byte[] bytes) {
    return new String(bytes, StandardCharsets.UTF_8);
  }
}
