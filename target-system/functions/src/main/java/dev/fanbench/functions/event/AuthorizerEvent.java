package dev.fanbench.functions.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.fanbench.tokens.Credential;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/**
 * The fields of an authorizer event that the authorizer uses.
 *
 * @param methodArn the resource that the client wants to invoke
 * @param credential the client's token, if it sent one
 */
public record AuthorizerEvent(String methodArn, Optional<Credential> credential) {
  private static final JsonFactory JSON = new JsonFactory();

  /**
   * Reads one event; fields that are not needed are skipped whatever they hold.
   *
   * @throws IOException if it is no JSON object, or one without a {@code methodArn}
   */
  public static AuthorizerEvent read(InputStream in) throws IOException {
    String methodArn = null;
    String header = null;
    String query = null;
    try (JsonParser json = JSON.createParser(in)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("an event is a JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "methodArn" -> methodArn = json.getText();
          case "headers" -> header = field(json, "authorization");
          case "queryStringParameters" -> query = field(json, "token");
          default -> json.skipChildren();
        }
      }
    }
    if (methodArn == null) {
      throw new IOException("an authorizer's event without methodArn");
    }
    return new AuthorizerEvent(methodArn, Credential.of(header, query));
  }

  /** A text of the object that comes next, whatever the case of its name; null if there is none. */
  private static String field(JsonParser json, String wanted) throws IOException {
    String found = null;
    if (json.currentToken() != JsonToken.START_OBJECT) {
      return found;
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      boolean isWanted = json.currentName().equalsIgnoreCase(wanted);
      json.nextToken();
      if (isWanted) {
        found = json.getText();
      } else {
        json.skipChildren();
      }
    }
    return found;
  }
}
