package dev.fanbench.functions.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.OutputStream;

/**
 * The response of an authorizer.
 *
 * @param principalId the user; every later event of the connection has it
 * @param effect {@code Allow} or {@code Deny}
 * @param resource the resource that the user may or may not invoke
 */
public record Policy(String principalId, String effect, String resource) {
  private static final JsonFactory JSON = new JsonFactory();

  /** Lets {@code user} in. */
  public static Policy allow(String user, String resource) {
    return new Policy(user, "Allow", resource);
  }

  /** Refuses an unknown client. */
  public static Policy deny(String resource) {
    return new Policy("nobody", "Deny", resource);
  }

  /** Writes the answer and leaves {@code out} open. */
  public void write(OutputStream out) throws IOException {
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
      json.writeStartObject();
      json.writeStringField("principalId", principalId);
      json.writeObjectFieldStart("policyDocument");
      json.writeStringField("Version", "2012-10-17");
      json.writeArrayFieldStart("Statement");
      json.writeStartObject();
      json.writeStringField("Action", "execute-api:Invoke");
      json.writeStringField("Effect", effect);
      json.writeStringField("Resource", resource);
      json.writeEndObject();
      json.writeEndArray();
      json.writeEndObject();
      json.writeEndObject();
    }
  }
}
