package dev.fanbench.junit;

import com.amazonaws.services.lambda.runtime.Context;
import com.amazonaws.services.lambda.runtime.RequestHandler;
import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JavaType;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;

/**
 * Reads events and writes answers for a handler of objects, as Lambda's Java runtime does. The
 * events of a lambda expression are maps.
 */
final class ObjectHandler<I, O> implements RequestStreamHandler {
  private static final ObjectMapper JSON =
      new ObjectMapper().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);

  private final RequestHandler<I, O> handler;
  private final JavaType type;

  ObjectHandler(RequestHandler<I, O> handler) {
    this.handler = handler;
    JavaType own = JSON.constructType(handler.getClass());
    JavaType[] found = JSON.getTypeFactory().findTypeParameters(own, RequestHandler.class);
    type = found == null || found.length == 0 ? JSON.constructType(Object.class) : found[0];
  }

  @Override
  public void handleRequest(InputStream in, OutputStream out, Context context) throws IOException {
    I event = JSON.readValue(in, type);
    JSON.writeValue(out, handler.handleRequest(event, context));
  }
}
