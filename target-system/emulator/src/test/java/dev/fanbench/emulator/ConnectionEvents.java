package dev.fanbench.emulator;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.fanbench.emulator.lambda.HandlerLoader;
import dev.fanbench.emulator.template.FunctionDefinition;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The chat's own functions, with a record of the connections that they have accepted and of those
 * whose end they were told. Thread-safe.
 */
final class ConnectionEvents implements HandlerLoader {
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Queue<String> accepted = new ConcurrentLinkedQueue<>();
  private final Queue<String> ended = new ConcurrentLinkedQueue<>();

  @Override
  public RequestStreamHandler load(FunctionDefinition function) throws Exception {
    RequestStreamHandler handler = HandlerLoader.classPath().load(function);
    return (event, answer, context) -> handle(handler, event, answer, context);
  }

  private void handle(
      RequestStreamHandler handler, InputStream event, OutputStream answer, Context context)
      throws IOException {
    byte[] bytes = event.readAllBytes();
    JsonNode of = JSON.readTree(bytes).path("requestContext");
    String type = of.path("eventType").asText();
    String id = of.path("connectionId").asText();
    if (type.equals("DISCONNECT")) {
      ended.add(id);
    }
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    handler.handleRequest(new ByteArrayInputStream(bytes), kept, context);
    if (type.equals("CONNECT")
        && JSON.readTree(kept.toByteArray()).path("statusCode").asInt() == 200) {
      accepted.add(id);
    }
    kept.writeTo(answer);
  }

  /** Connections whose {@code $connect} was answered with 200, in alphabetical order. */
  List<String> accepted() {
    return accepted.stream().sorted().toList();
  }

  /** Connections of {@code $disconnect} events, in alphabetical order; one for each event. */
  List<String> ended() {
    return ended.stream().sorted().toList();
  }
}
