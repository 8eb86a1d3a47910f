package dev.fanbench.emulator.integration;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * What an integration answered.
 *
 * @param statusCode an HTTP status
 * @param headers by lower-case name
 * @param body the frame for the sender, empty when there is none
 */
public record IntegrationAnswer(int statusCode, Map<String, String> headers, String body) {
  private static final JsonFactory JSON = new JsonFactory();

  /** Whether a client that asks to be let in may come in. */
  public boolean isSuccess() {
    return statusCode >= 200 && statusCode < 300;
  }

  /**
   * Reads what a function behind a Lambda proxy integration returned.
   *
   * @throws IOException if it is no JSON object with a status code
   */
  static IntegrationAnswer parse(byte[] output) throws IOException {
    int statusCode = 0;
    Map<String, String> headers = Map.of();
    String body = null;
    boolean base64 = false;
    try (JsonParser json = JSON.createParser(output)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        throw new IOException("a proxy integration returns a JSON object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        String name = json.currentName();
        JsonToken value = json.nextToken();
        switch (name) {
          case "statusCode" -> statusCode = json.getValueAsInt();
          case "headers" -> headers = headers(json);
          case "body" -> body = value.isScalarValue() ? json.getValueAsString() : null;
          case "isBase64Encoded" -> base64 = value == JsonToken.VALUE_TRUE;
          default -> json.skipChildren();
        }
      }
    }
    if (statusCode < 100 || statusCode > 599) {
      throw new IOException("a proxy integration returns a status code");
    }
    return new IntegrationAnswer(statusCode, headers, text(body, base64));
  }

  private static String text(String body, boolean base64) throws IOException {
    if (body == null) {
      return "";
    }
    if (!base64) {
      return body;
    }
    try {
      return new String(Base64.getDecoder().decode(body), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException broken) {
      throw new IOException("body is not base 64", broken);
    }
  }

  private static Map<String, String> headers(JsonParser json) throws IOException {
    Map<String, String> headers = new HashMap<>();
    if (json.currentToken() != JsonToken.START_OBJECT) {
      return headers;
    }
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName().toLowerCase(Locale.ROOT);
      if (json.nextToken().isScalarValue()) {
        headers.put(name, json.getText());
      } else {
        json.skipChildren();
      }
    }
    return headers;
  }
}
