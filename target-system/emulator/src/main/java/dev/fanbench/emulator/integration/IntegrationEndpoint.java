package dev.fanbench.emulator.integration;

import dev.fanbench.emulator.mapping.RouteRequest;
import java.util.Map;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/** Receives a mapped payload and returns an answer that is not mapped yet. Thread-safe. */
@FunctionalInterface
interface IntegrationEndpoint {
  /** Sends; never blocks. */
  PendingAnswer<Answer> send(RouteRequest request, byte[] payload);

  /** An answer that no mapping has touched. */
  final class Answer {
    private final int statusCode;
    private final Map<String, String> headers;
    private final byte[] body;

    /**
     * @param headers by lower-case name
     * @param body not copied, so never changed
     */
    Answer(int statusCode, Map<String, String> headers, byte[] body) {
      this.statusCode = statusCode;
      this.headers = headers;
      this.body = body;
    }

    /** The same with another body. */
    Answer withBody(UnaryOperator<byte[]> change) {
      return new Answer(statusCode, headers, change.apply(body));
    }

    IntegrationAnswer mapped(Function<byte[], String> mapping) {
      return new IntegrationAnswer(statusCode, headers, mapping.apply(body));
    }
  }
}
