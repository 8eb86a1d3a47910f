package dev.fanbench.emulator.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import dev.fanbench.emulator.latency.Hop;
import dev.fanbench.emulator.latency.Latency;
import dev.fanbench.protocol.ConnectionIds;
import dev.fanbench.protocol.Replies;
import dev.fanbench.protocol.signature.Refusal;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
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

/**
 * {@code @connections}: POST a frame to a connection, GET what is known of it, DELETE it.
 *
 * <p>A post is answered as soon as the frame is with the event loop of its client, or the model's
 * time for it is over: never behind a function, and never behind the client.
 */
final class ConnectionsApi {
  private static final JsonFactory JSON = new JsonFactory();

  private final Gateway gateway;
  private final String rawPrefix;
  private final String encodedPrefix;

  ConnectionsApi(Gateway gateway) {
    this.gateway = gateway;
    this.rawPrefix = "/" + gateway.template.stage() + "/@connections/";
    this.encodedPrefix = "/" + gateway.template.stage() + "/%40connections/";
  }

  /** Whether this path is ours; SDKs send the at sign as it is or encoded. */
  boolean serves(String path) {
    return path.startsWith(rawPrefix) || path.startsWith(encodedPrefix);
  }

  void handle(ChannelHandlerContext ctx, String path, FullHttpRequest request) {
    Optional<Refusal> refusal =
        gateway.signatures.flatMap(signatures -> signatures.check(new NettyRequest(request)));
    if (refusal.isPresent()) {
      gateway.figures.unsignedRefused.increment();
      HttpAnswers.error(
          ctx,
          HttpResponseStatus.FORBIDDEN,
          refusal.get().type(),
          HttpAnswers.message(refusal.get().message()));
      return;
    }
    if (!gateway.accountAllows()) {
      limitExceeded(ctx, "Rate exceeded");
      return;
    }
    int prefix = path.startsWith(rawPrefix) ? rawPrefix.length() : encodedPrefix.length();
    String id = QueryStringDecoder.decodeComponent(path.substring(prefix));
    ClientConnection client = gateway.open.find(id);
    if (client == null) {
      unknown(ctx, id);
    } else if (request.method().equals(HttpMethod.POST)) {
      post(ctx, client, request);
    } else if (request.method().equals(HttpMethod.GET)) {
      HttpAnswers.json(ctx, HttpResponseStatus.OK, describe(client));
    } else if (request.method().equals(HttpMethod.DELETE)) {
      client.channel().pipeline().fireUserEventTriggered(CloseRequest.DELETED);
      HttpAnswers.noContent(ctx);
    } else {
      HttpAnswers.json(ctx, HttpResponseStatus.FORBIDDEN, Replies.FORBIDDEN_BODY);
    }
  }

  /** Never there, gone again, or {@code $connect} still running: nobody can tell. */
  private void unknown(ChannelHandlerContext ctx, String id) {
    if (ConnectionIds.isWellFormed(id)) {
      gateway.figures.postsGone.increment();
      HttpAnswers.error(ctx, HttpResponseStatus.GONE, "GoneException", "");
    } else {
      // An id can hold anything here, so nothing but what ids are made of is sent back.
      HttpAnswers.error(
          ctx,
          HttpResponseStatus.BAD_REQUEST,
          "BadRequestException",
          HttpAnswers.message("Invalid connectionId: " + id.replaceAll("[^A-Za-z0-9_=-]", "?")));
    }
  }

  private void post(ChannelHandlerContext ctx, ClientConnection client, FullHttpRequest request) {
    if (!gateway.hasRoom(client)) {
      limitExceeded(ctx, "the client does not keep up");
      return;
    }
    gateway.figures.meter(request.content().readableBytes());
    gateway.figures.deliveriesSent.increment();
    client.activeAt(gateway.clock.millis());
    long nanos = gateway.latency.draw(Hop.POST);
    EventLoop loop = ctx.channel().eventLoop();
    ByteBuf text = request.content().retain();
    client.expect(text.readableBytes());
    Latency.after(nanos / 2, loop, () -> gateway.push(client, text));
    Latency.after(nanos, loop, () -> HttpAnswers.ok(ctx));
  }

  private static void limitExceeded(ChannelHandlerContext ctx, String why) {
    HttpAnswers.error(
        ctx,
        HttpResponseStatus.TOO_MANY_REQUESTS,
        "LimitExceededException",
        HttpAnswers.message(why));
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
