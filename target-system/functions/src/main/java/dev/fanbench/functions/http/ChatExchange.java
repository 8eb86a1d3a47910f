package dev.fanbench.functions.http;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import dev.fanbench.functions.DeploymentSettings;
import dev.fanbench.functions.aws.ConnectHandler;
import dev.fanbench.functions.aws.DisconnectHandler;
import dev.fanbench.functions.aws.MessageHandler;
import dev.fanbench.functions.event.EventHandler;
import dev.fanbench.functions.event.ProxyAnswer;
import dev.fanbench.functions.event.WebSocketEvent;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URI;
import java.net.URLDecoder;
import java.security.MessageDigest;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The chat behind an API Gateway's HTTP integrations. Thread-safe.
 *
 * <table>
 *   <caption>Requests, all of them POST</caption>
 *   <tr><th>path</th><th>style</th><th>request</th><th>answer</th></tr>
 *   <tr><td>{@code /stream}</td><td>HTTP proxy</td><td>the client's message as it is. The event's fields are in the headers {@code connectionId}, {@code requestId}, {@code connectedAt} and {@code eventType}. The {@code user} is in the query if the header {@code authorizer} is {@code jwt}, because a proxy also passes on the client's own query.</td><td>the frame for the sender</td></tr>
 *   <tr><td>{@code /event}</td><td>HTTP</td><td>the event that a function would get</td><td>the JSON
 *       that it would return</td></tr>
 * </table>
 *
 * <p>Each request carries a secret that the gateway and this process share, in the header {@code
 * gatewaySecret}. Otherwise any caller could act as any connection and any user. A request without
 * the secret is answered with 403, a malformed request with 400 and a failure with 500. A line on
 * standard error states the cause.
 */
public final class ChatExchange implements HttpHandler {
  /** The environment variable that holds the secret. */
  static final String VARIABLE = "FANBENCH_HTTP_SECRET";

  private static final String SECRET_HEADER = "gatewaySecret";
  private static final int LEAST_SECRET_BYTES = 32;
  private static final int FORBIDDEN = 403;
  private static final int MAX_BYTES = 1 << 20;
  private static final int OK = 200;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_FOUND = 404;
  private static final int FAILED = 500;
  private static final String USER = "user=";

  private final Map<String, EventHandler> handlers;
  private final byte[] secret;

  /**
   * The chat of this repository, set up as its functions are.
   *
   * @throws IllegalArgumentException with a sentence, if {@value #VARIABLE} holds no secret
   */
  public ChatExchange() {
    this(
        Map.of(
            "CONNECT", new ConnectHandler(),
            "MESSAGE", new MessageHandler(),
            "DISCONNECT", new DisconnectHandler()),
        DeploymentSettings.variable(VARIABLE));
  }

  /**
   * @param handlers by event type
   * @param secret what a request must carry, null for none
   * @throws IllegalArgumentException with a sentence, if there is none or it is too short
   */
  ChatExchange(Map<String, EventHandler> handlers, String secret) {
    this.handlers = Map.copyOf(handlers);
    this.secret = secret == null ? new byte[0] : secret.getBytes(UTF_8);
    if (this.secret.length < LEAST_SECRET_BYTES) {
      throw new IllegalArgumentException(
          "%s has %d bytes; allowed: %d or more, such as those of: openssl rand -hex 32"
              .formatted(VARIABLE, this.secret.length, LEAST_SECRET_BYTES));
    }
  }

  @Override
  public void handle(HttpExchange exchange) throws IOException {
    try {
      if (!isGateway(exchange.getRequestHeaders())) {
        respond(exchange, FORBIDDEN, new byte[0]);
        return;
      }
      byte[] body = exchange.getRequestBody().readNBytes(MAX_BYTES);
      switch (exchange.getRequestURI().getPath()) {
        case "/stream" -> stream(exchange, body);
        case "/event" -> event(exchange, body);
        default -> respond(exchange, NOT_FOUND, new byte[0]);
      }
    } catch (BadRequest bad) {
      System.err.println(bad.getMessage());
      respond(exchange, BAD_REQUEST, new byte[0]);
    } catch (RuntimeException failed) {
      System.err.println("the chat failed: " + failed);
      respond(exchange, FAILED, new byte[0]);
    }
  }

  /** Takes as long for any wrong secret of the same length. */
  private boolean isGateway(Headers headers) {
    String given = headers.getFirst(SECRET_HEADER);
    return given != null && MessageDigest.isEqual(secret, given.getBytes(UTF_8));
  }

  private void stream(HttpExchange exchange, byte[] body) throws IOException {
    Headers headers = exchange.getRequestHeaders();
    ProxyAnswer answer =
        answer(
            new WebSocketEvent(
                required(headers, "connectionId"),
                required(headers, "requestId"),
                "jwt".equals(headers.getFirst("authorizer"))
                    ? user(exchange.getRequestURI())
                    : Optional.empty(),
                millis(required(headers, "connectedAt")),
                required(headers, "eventType"),
                new String(body, UTF_8)));
    respond(exchange, answer.statusCode(), answer.body().orElse("").getBytes(UTF_8));
  }

  private static Optional<String> user(URI request) {
    String query = Optional.ofNullable(request.getRawQuery()).orElse("");
    List<String> users =
        Stream.of(query.split("&"))
            .filter(parameter -> parameter.startsWith(USER))
            .map(parameter -> URLDecoder.decode(parameter.substring(USER.length()), UTF_8))
            .toList();
    if (users.size() > 1) {
      throw new BadRequest("a request with two users");
    }
    return users.stream().filter(user -> !user.isEmpty()).findFirst();
  }

  private void event(HttpExchange exchange, byte[] body) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream(256);
    answer(parse(body)).write(out);
    respond(exchange, OK, out.toByteArray());
  }

  private ProxyAnswer answer(WebSocketEvent event) {
    EventHandler handler = handlers.get(event.eventType());
    if (handler == null) {
      throw new BadRequest("no event is of the type " + event.eventType());
    }
    return handler.answer(event);
  }

  private static WebSocketEvent parse(byte[] body) {
    try {
      return WebSocketEvent.read(new ByteArrayInputStream(body));
    } catch (IOException broken) {
      throw new BadRequest(broken.getMessage());
    }
  }

  private static String required(Headers headers, String name) {
    String value = headers.getFirst(name);
    if (value == null) {
      throw new BadRequest("a request without the header " + name);
    }
    return value;
  }

  private static long millis(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException broken) {
      throw new BadRequest("connectedAt is " + text + ", but must be a time in milliseconds");
    }
  }

  private static void respond(HttpExchange exchange, int status, byte[] body) throws IOException {
    exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
    if (body.length > 0) {
      exchange.getResponseBody().write(body);
    }
    exchange.close();
  }

  /** A request that a gateway set up by {@code template.yaml} does not send. */
  private static final class BadRequest extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BadRequest(String message) {
      super(message);
    }
  }
}
