package dev.fanbench.emulator.integration;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/**
 * Reads what a function behind a Lambda proxy integration returned, as strictly as API Gateway: an
 * object of the five fields that it knows, and nothing else. For one answer, on one thread.
 */
final class ProxyAnswerParser {
  private static final JsonFactory JSON = new JsonFactory();
  private static final int LEAST_STATUS = 100;
  private static final int MOST_STATUS = 599;

  private int statusCode;
  private Map<String, String> headers = new HashMap<>();
  private Map<String, String> multiValueHeaders = Map.of();
  private String body;
  private boolean base64;

  private ProxyAnswerParser() {}

  /**
   * Reads a whole answer.
   *
   * @throws MalformedAnswerException if it is something else
   */
  static IntegrationAnswer parse(byte[] output) {
    ProxyAnswerParser parser = new ProxyAnswerParser();
    try (JsonParser json = JSON.createParser(output)) {
      parser.read(json);
    } catch (IOException noJson) {
      throw new MalformedAnswerException("it is no JSON: " + noJson.getMessage(), noJson);
    }
    require(
        parser.statusCode >= LEAST_STATUS && parser.statusCode <= MOST_STATUS,
        "its statusCode is missing or no status");
    parser.multiValueHeaders.forEach(parser.headers::putIfAbsent);
    return new IntegrationAnswer(parser.statusCode, parser.headers, parser.text());
  }

  private void read(JsonParser json) throws IOException {
    require(json.nextToken() == JsonToken.START_OBJECT, "it is no object");
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      JsonToken value = json.nextToken();
      switch (name) {
        case "statusCode" -> statusCode = status(json);
        case "headers" -> headers = headers(json, false);
        case "multiValueHeaders" -> multiValueHeaders = headers(json, true);
        case "body" -> {
          require(
              value == JsonToken.VALUE_STRING || value == JsonToken.VALUE_NULL,
              "its body is no text");
          body = value == JsonToken.VALUE_NULL ? null : json.getText();
        }
        case "isBase64Encoded" -> {
          require(
              value.isBoolean() || value == JsonToken.VALUE_NULL,
              "its isBase64Encoded is not true or false");
          base64 = value == JsonToken.VALUE_TRUE;
        }
        default ->
            throw new MalformedAnswerException(
                "it has %s; allowed: statusCode, headers, multiValueHeaders, body, isBase64Encoded"
                    .formatted(name));
      }
    }
    require(json.nextToken() == null, "something follows the object");
  }

  /** A number, or the text of one, which functions in other languages return. */
  private static int status(JsonParser json) throws IOException {
    return json.currentToken() == JsonToken.VALUE_NUMBER_INT
            || json.currentToken() == JsonToken.VALUE_STRING
        ? json.getValueAsInt()
        : 0;
  }

  /** By lower-case name; the last of several values. */
  private static Map<String, String> headers(JsonParser json, boolean lists) throws IOException {
    String field = lists ? "multiValueHeaders" : "headers";
    Map<String, String> headers = new HashMap<>();
    if (json.currentToken() == JsonToken.VALUE_NULL) {
      return headers;
    }
    require(json.currentToken() == JsonToken.START_OBJECT, "its " + field + " is no object");
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName().toLowerCase(Locale.ROOT);
      JsonToken value = json.nextToken();
      if (lists) {
        require(value == JsonToken.START_ARRAY, "its %s.%s is no list".formatted(field, name));
        while (json.nextToken() != JsonToken.END_ARRAY) {
          put(headers, name, json, field);
        }
      } else {
        put(headers, name, json, field);
      }
    }
    return headers;
  }

  private static void put(Map<String, String> headers, String name, JsonParser json, String field)
      throws IOException {
    require(json.currentToken().isScalarValue(), "its %s.%s is no text".formatted(field, name));
    headers.put(name, json.getText());
  }

  /** A frame to a client is text. */
  private String text() {
    if (body == null) {
      return "";
    }
    if (!base64) {
      return body;
    }
    try {
      ByteBuffer bytes = ByteBuffer.wrap(Base64.getDecoder().decode(body));
      return StandardCharsets.UTF_8.newDecoder().decode(bytes).toString();
    } catch (IllegalArgumentException | CharacterCodingException broken) {
      throw new MalformedAnswerException("its body is no UTF-8 in base 64", broken);
    }
  }

  private static void require(boolean good, String sentence) {
    if (!good) {
      throw new MalformedAnswerException(sentence);
    }
  }
}
