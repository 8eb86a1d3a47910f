package dev.fanbench.emulator.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.fanbench.emulator.template.Template;
import dev.fanbench.protocol.RequestId;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The JSON of events as API Gateway sends them to authorizers and proxy integrations. Thread-safe.
 *
 * <p>Seen by users, not documented: a message carries no headers, and query maps are absent and not
 * empty when there is no query.
 */
final class ProxyEventWriter {
  private static final JsonFactory JSON = new JsonFactory();
  private static final DateTimeFormatter REQUEST_TIME =
      DateTimeFormatter.ofPattern("dd/MMM/yyyy:HH:mm:ss Z", Locale.ENGLISH)
          .withZone(ZoneOffset.UTC);

  private final String apiId;
  private final String stage;
  private final Map<String, String> stageVariables;
  private final String connectArn;
  private final Clock clock;

  ProxyEventWriter(Template template, Clock clock) {
    this.apiId = template.apiId().toLowerCase(Locale.ROOT);
    this.stage = template.stage();
    this.stageVariables = template.stageVariables();
    this.connectArn = template.connectArn();
    this.clock = clock;
  }

  /** A client asks to be let in: the question whether it may. */
  byte[] authorize(ClientConnection client, HttpRequest request, String requestId) {
    return object(
        json -> {
          json.writeStringField("type", "REQUEST");
          json.writeStringField("methodArn", connectArn);
          headers(json, ForwardedHeader.all(request, client));
          opening(json, client, request, requestId);
        });
  }

  /** A client asks to be let in. */
  byte[] connect(ClientConnection client, HttpRequest request, String requestId) {
    return write(
        json -> {
          headers(json, ForwardedHeader.endToEnd(request, client));
          opening(json, client, request, requestId);
        });
  }

  private void opening(
      JsonGenerator json, ClientConnection client, HttpRequest request, String requestId)
      throws IOException {
    query(json, new QueryStringDecoder(request.uri()).parameters());
    stageVariables(json);
    json.writeObjectFieldStart("requestContext");
    context(json, client, "$connect", "CONNECT", requestId);
    json.writeEndObject();
  }

  /** A client's message, on its way to a route. */
  byte[] message(ClientConnection client, String routeKey, String requestId, String body) {
    return write(
        json -> {
          stageVariables(json);
          json.writeObjectFieldStart("requestContext");
          context(json, client, routeKey, "MESSAGE", requestId);
          json.writeStringField("messageId", RequestId.next());
          json.writeEndObject();
          json.writeStringField("body", body);
        });
  }

  /** A connection has ended. */
  byte[] disconnect(ClientConnection client, int statusCode, String reason) {
    return write(
        json -> {
          headers(json, ForwardedHeader.ofDisconnect(client));
          stageVariables(json);
          json.writeObjectFieldStart("requestContext");
          context(json, client, "$disconnect", "DISCONNECT", RequestId.next());
          json.writeNumberField("disconnectStatusCode", statusCode);
          json.writeStringField("disconnectReason", reason);
          json.writeEndObject();
        });
  }

  private void context(
      JsonGenerator json,
      ClientConnection client,
      String routeKey,
      String eventType,
      String requestId)
      throws IOException {
    long now = clock.millis();
    json.writeStringField("routeKey", routeKey);
    json.writeStringField("eventType", eventType);
    json.writeStringField("extendedRequestId", requestId);
    json.writeStringField("requestTime", REQUEST_TIME.format(Instant.ofEpochMilli(now)));
    json.writeStringField("messageDirection", "IN");
    json.writeStringField("stage", stage);
    json.writeNumberField("connectedAt", client.connectedAtMillis());
    json.writeNumberField("requestTimeEpoch", now);
    json.writeObjectFieldStart("identity");
    if (client.userAgent() != null) {
      json.writeStringField("userAgent", client.userAgent());
    }
    json.writeStringField("sourceIp", client.sourceIp());
    json.writeEndObject();
    json.writeStringField("requestId", requestId);
    json.writeStringField("domainName", client.domainName());
    json.writeStringField("connectionId", client.id());
    json.writeStringField("apiId", apiId);
    if (!client.authorizer().isEmpty()) {
      json.writeObjectFieldStart("authorizer");
      for (Map.Entry<String, String> said : client.authorizer().entrySet()) {
        json.writeStringField(said.getKey(), said.getValue());
      }
      json.writeEndObject();
    }
  }

  private static void headers(JsonGenerator json, Map<String, List<String>> headers)
      throws IOException {
    json.writeObjectFieldStart("headers");
    for (Map.Entry<String, List<String>> header : headers.entrySet()) {
      List<String> values = header.getValue();
      json.writeStringField(header.getKey(), values.get(values.size() - 1));
    }
    json.writeEndObject();
    json.writeObjectFieldStart("multiValueHeaders");
    for (Map.Entry<String, List<String>> header : headers.entrySet()) {
      strings(json, header.getKey(), header.getValue());
    }
    json.writeEndObject();
  }

  private static void query(JsonGenerator json, Map<String, List<String>> query)
      throws IOException {
    if (query.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart("queryStringParameters");
    for (Map.Entry<String, List<String>> parameter : query.entrySet()) {
      List<String> values = parameter.getValue();
      json.writeStringField(parameter.getKey(), values.get(values.size() - 1));
    }
    json.writeEndObject();
    json.writeObjectFieldStart("multiValueQueryStringParameters");
    for (Map.Entry<String, List<String>> parameter : query.entrySet()) {
      strings(json, parameter.getKey(), parameter.getValue());
    }
    json.writeEndObject();
  }

  /** Absent for a stage without any, like the query maps. */
  private void stageVariables(JsonGenerator json) throws IOException {
    if (stageVariables.isEmpty()) {
      return;
    }
    json.writeObjectFieldStart("stageVariables");
    for (Map.Entry<String, String> variable : stageVariables.entrySet()) {
      json.writeStringField(variable.getKey(), variable.getValue());
    }
    json.writeEndObject();
  }

  private static void strings(JsonGenerator json, String name, List<String> values)
      throws IOException {
    json.writeArrayFieldStart(name);
    for (String value : values) {
      json.writeString(value);
    }
    json.writeEndArray();
  }

  private static byte[] write(Body body) {
    return object(
        json -> {
          body.write(json);
          json.writeBooleanField("isBase64Encoded", false);
        });
  }

  private static byte[] object(Body body) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(1_024);
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      body.write(json);
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toByteArray();
  }

  @FunctionalInterface
  private interface Body {
    void write(JsonGenerator json) throws IOException;
  }
}
