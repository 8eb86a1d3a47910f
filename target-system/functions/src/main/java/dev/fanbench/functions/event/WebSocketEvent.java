package dev.fanbench.functions.event;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/**
 * The fields of a proxy event that the chat uses.
 *
 * @param connectionId the connection of the event
 * @param requestId unique to the event
 * @param user the user that the authorizer let in; empty without an authorizer, for which a mapping
 *     template writes an empty principal
 * @param connectedAtMillis the begin of the connection, in milliseconds of Unix time
 * @param eventType {@code CONNECT}, {@code MESSAGE} or {@code DISCONNECT}; empty when the event
 *     does not say
 * @param body the client's message; empty when the event is no message
 */
public record WebSocketEvent(
    String connectionId,
    String requestId,
    Optional<String> user,
    long connectedAtMillis,
    String eventType,
    String body) {
  private static final JsonFactory JSON = new JsonFactory();

  /** The name that other clients see: the user, or the connection id without authentication. */
  public String author() {
    return user.orElse(connectionId);
  }

  /**
   * Reads one event; fields that are not needed are skipped whatever they hold.
   *
   * @throws IOException if it is no JSON object, or one without a connection id
   */
  public static WebSocketEvent read(InputStream in) throws IOException {
    Fields fields = new Fields();
    try (JsonParser json = JSON.createParser(in)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("an event is a JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        fields.topLevel(json.currentName(), json);
      }
    }
    return fields.event();
  }

  /** The fields that have been read so far. */
  private static final class Fields {
    private String connectionId;
    private String requestId = "";
    private String user;
    private long connectedAtMillis;
    private String eventType = "";
    private String body = "";
    private boolean base64;

    void topLevel(String name, JsonParser json) throws IOException {
      JsonToken value = json.nextToken();
      switch (name) {
        case "requestContext" -> requestContext(json);
        case "body" -> body = value == JsonToken.VALUE_STRING ? json.getText() : "";
        case "isBase64Encoded" -> base64 = value == JsonToken.VALUE_TRUE;
        default -> json.skipChildren();
      }
    }

    private void requestContext(JsonParser json) throws IOException {
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        json.nextToken();
        switch (name) {
          case "connectionId" -> connectionId = json.getText();
          case "requestId" -> requestId = json.getText();
          case "eventType" -> eventType = json.getText();
          case "connectedAt" -> connectedAtMillis = json.getValueAsLong();
          case "authorizer" -> authorizer(json);
          default -> json.skipChildren();
        }
      }
    }

    private void authorizer(JsonParser json) throws IOException {
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        boolean isPrincipal = json.currentName().equals("principalId");
        json.nextToken();
        if (isPrincipal) {
          user = json.getText().isEmpty() ? null : json.getText();
        } else {
          json.skipChildren();
        }
      }
    }

    WebSocketEvent event() throws IOException {
      if (connectionId == null) {
        throw new IOException("an event without requestContext.connectionId");
      }
      String text =
          base64 ? new String(Base64.getDecoder().decode(body), StandardCharsets.UTF_8) : body;
      return new WebSocketEvent(
          connectionId, requestId, Optional.ofNullable(user), connectedAtMillis, eventType, text);
    }
  }
}
