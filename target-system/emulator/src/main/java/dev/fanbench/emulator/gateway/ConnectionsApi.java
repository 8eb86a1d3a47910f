package dev.fanbench.emulator.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.fanbench.emulator.failure.RequestGuard;
import dev.fanbench.emulator.latency.Hop;
import dev.fanbench.protocol.ConnectionId;
import dev.fanbench.signature.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.channel.EventLoop;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * {@code @connections}: POST sends a frame to a connection, GET describes it, DELETE closes it.
 *
 * <p>A post is answered when the frame is with the event loop of its client and the model's time
 * for it is over. It waits neither for a function nor for the client.
 */
final class ConnectionsApi {
  private static final JsonFactory JSON = new JsonFactory();

  /**
   * The characters of a request that an answer does not repeat. The others need no escape in JSON.
   */
  private static final Pattern NOT_ECHOED = Pattern.compile("[^A-Za-z0-9_=@%/.~-]");

  private static final String RAW = "@connections/";
  private static final String ENCODED = "%40connections/";

  private final Gateway gateway;
  private final String stagePrefix;

  ConnectionsApi(Gateway gateway) {
    this.gateway = gateway;
    this.stagePrefix = "/" + gateway.template.stage() + "/";
  }

  /**
   * Whether this path of the stage means connections, right or wrong; SDKs send the at sign as it
   * is or encoded.
   */
  boolean serves(String path) {
    return path.startsWith(stagePrefix)
        && (path.contains("@connections") || path.contains("%40connections"));
  }

  void handle(HttpConversation to, String path, FullHttpRequest request) {
    int idStart = idStart(path);
    if (idStart < 0 || !isKnown(request.method())) {
      notFound(to, path.substring(stagePrefix.length()), request.method());
      return;
    }
    String id;
    try {
      id = QueryStringDecoder.decodeComponent(path.substring(idStart));
    } catch (IllegalArgumentException broken) {
      invalidId(to, path.substring(idStart));
      return;
    }
    Optional<Refusal> refusal =
        gateway.signatures.flatMap(signatures -> signatures.check(new NettyRequest(request)));
    if (refusal.isPresent()) {
      gateway.figures.unsignedRefused.increment();
      HttpAnswerWriter.error(
          to,
          HttpResponseStatus.FORBIDDEN,
          refusal.get().type(),
          HttpAnswerWriter.message(refusal.get().message()));
    } else if (!gateway.accountAllows()) {
      limitExceeded(to, "Rate exceeded");
    } else {
      call(to, id, request);
    }
  }

  /** The index at which the id begins, or -1 if the path names no connection. */
  private int idStart(String path) {
    int start = stagePrefix.length();
    // An SDK whose endpoint ends in a slash sends two.
    while (start < path.length() && path.charAt(start) == '/') {
      start++;
    }
    if (path.startsWith(RAW, start)) {
      start += RAW.length();
    } else if (path.startsWith(ENCODED, start)) {
      start += ENCODED.length();
    } else {
      return -1;
    }
    return start == path.length() || path.indexOf('/', start) >= 0 ? -1 : start;
  }

  private static boolean isKnown(HttpMethod method) {
    return method.equals(HttpMethod.POST)
        || method.equals(HttpMethod.GET)
        || method.equals(HttpMethod.DELETE);
  }

  private void call(HttpConversation to, String id, FullHttpRequest request) {
    ClientConnection client = gateway.open.find(id);
    if (client == null || !client.channel().isActive()) {
      unknown(to, id);
    } else if (request.method().equals(HttpMethod.POST)) {
      post(to, client, request);
    } else if (request.method().equals(HttpMethod.GET)) {
      HttpAnswerWriter.json(to, HttpResponseStatus.OK, describe(client));
    } else {
      client.channel().pipeline().fireUserEventTriggered(CloseRequest.DELETED);
      HttpAnswerWriter.noContent(to);
    }
  }

  /** Never there, gone again, or {@code $connect} still running: all look the same. */
  private void unknown(HttpConversation to, String id) {
    if (ConnectionId.isWellFormed(id)) {
      gateway.figures.postsGone.increment();
      HttpAnswerWriter.error(to, HttpResponseStatus.GONE, "GoneException", "");
    } else {
      invalidId(to, id);
    }
  }

  private static void invalidId(HttpConversation to, String id) {
    badRequest(to, "Invalid connectionId: " + echoed(id));
  }

  private static void notFound(HttpConversation to, String route, HttpMethod method) {
    HttpAnswerWriter.error(
        to,
        HttpResponseStatus.NOT_FOUND,
        "NotFoundException",
        HttpAnswerWriter.message(
            "No method found matching route %s for http method %s."
                .formatted(echoed(route), echoed(method.name()))));
  }

  private static void badRequest(HttpConversation to, String sentence) {
    HttpAnswerWriter.error(
        to,
        HttpResponseStatus.BAD_REQUEST,
        "BadRequestException",
        HttpAnswerWriter.message(sentence));
  }

  private static String echoed(String sent) {
    return NOT_ECHOED.matcher(sent).replaceAll("?");
  }

  private void post(HttpConversation to, ClientConnection client, FullHttpRequest request) {
    if (gateway.assumptions.postMustBeUtf8() && !Utf8Check.isUtf8(request.content())) {
      badRequest(to, "The body is not valid UTF-8");
      return;
    }
    if (!gateway.hasRoom(client)) {
      limitExceeded(to, "the client does not keep up");
      return;
    }
    if (gateway.observer.isPresent() && refuses(gateway.observer.get(), to, client, request)) {
      return;
    }
    gateway.figures.meter(request.content().readableBytes());
    gateway.figures.deliveriesSent.increment();
    client.activeAt(gateway.clock.millis());
    client.expect(request.content().readableBytes());
    long nanos = gateway.latency.draw(Hop.POST);
    if (nanos == 0) {
      gateway.push(client, request.content().retain());
      HttpAnswerWriter.ok(to);
    } else {
      postLater(to, client, Gateway.keepable(request.content()), nanos);
    }
  }

  /** Whether the observer refuses a post, which is answered then. */
  private boolean refuses(
      ConnectionObserver observer,
      HttpConversation to,
      ClientConnection client,
      FullHttpRequest request) {
    switch (observer.posted(client.id(), request.content().nioBuffer())) {
      case GONE -> unknown(to, client.id());
      case LIMIT_EXCEEDED -> limitExceeded(to, "Rate exceeded");
      case DELIVERED -> {
        return false;
      }
    }
    return true;
  }

  /**
   * The frame leaves after half of the post's time and the last hop's, which are one timer: each
   * timer may be a wake-up of its own.
   */
  private void postLater(HttpConversation to, ClientConnection client, ByteBuf text, long nanos) {
    EventLoop loop = to.loop();
    RequestGuard guard = new RequestGuard("a post", () -> HttpAnswerWriter.internalError(to));
    long untilFrameNanos = nanos / 2 + gateway.latency.draw(Hop.PUSH);
    TickTimer.after(loop, untilFrameNanos, guard.guarded(() -> client.send(text)));
    TickTimer.after(loop, nanos, guard.guarded(() -> HttpAnswerWriter.ok(to)));
  }

  private static void limitExceeded(HttpConversation to, String why) {
    HttpAnswerWriter.error(
        to,
        HttpResponseStatus.TOO_MANY_REQUESTS,
        "LimitExceededException",
        HttpAnswerWriter.message(why));
  }

  private static String describe(ClientConnection client) {
    StringWriter out = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(out)) {
      json.writeStartObject();
      // The Java SDK reads these as ISO-8601 only, though others send numbers.
      json.writeStringField(
          "connectedAt", Instant.ofEpochMilli(client.connectedAtMillis()).toString());
      json.writeObjectFieldStart("identity");
      json.writeStringField("sourceIp", client.sourceIp());
      json.writeStringField("userAgent", client.userAgent() == null ? "" : client.userAgent());
      json.writeEndObject();
      json.writeStringField(
          "lastActiveAt", Instant.ofEpochMilli(client.lastActiveAtMillis()).toString());
      json.writeEndObject();
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return out.toString();
  }
}
