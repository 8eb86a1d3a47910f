package dev.fanbench.emulator.gateway;

import dev.fanbench.emulator.gateway.Authorizer.Decision;
import dev.fanbench.emulator.gateway.Authorizer.Decision.Allowed;
import dev.fanbench.emulator.gateway.Authorizer.Decision.Broken;
import dev.fanbench.emulator.gateway.Authorizer.Decision.Denied;
import dev.fanbench.emulator.gateway.Authorizer.Decision.Unauthorized;
import dev.fanbench.emulator.gateway.IntegrationResult.Answered;
import dev.fanbench.emulator.gateway.IntegrationResult.Failed;
import dev.fanbench.emulator.gateway.IntegrationResult.TimedOut;
import dev.fanbench.emulator.latency.Hop;
import dev.fanbench.emulator.quota.Quota;
import dev.fanbench.emulator.quota.QuotaCheck;
import dev.fanbench.emulator.template.Route;
import dev.fanbench.protocol.ConnectionIds;
import dev.fanbench.protocol.Replies;
import dev.fanbench.protocol.RequestIds;
import dev.fanbench.protocol.signature.Refusal;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultHttpHeaders;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * Lets a client in, after the authorizer, if there is one, and {@code $connect} have agreed. Until
 * then the client reads nothing and cannot be posted to, although its function may have stored its
 * id already.
 */
final class Handshake {
  private final Gateway gateway;
  private final ChannelHandlerContext ctx;
  private final FullHttpRequest request;
  private final WebSocketServerHandshaker handshaker;
  private final ClientConnection client;
  private final String requestId = RequestIds.next();

  private Handshake(
      Gateway gateway,
      ChannelHandlerContext ctx,
      FullHttpRequest request,
      WebSocketServerHandshaker handshaker) {
    this.gateway = gateway;
    this.ctx = ctx;
    this.request = request;
    this.handshaker = handshaker;
    this.client = client(ctx.channel(), request.headers());
  }

  private ClientConnection client(Channel channel, HttpHeaders headers) {
    return new ClientConnection(
        ConnectionIds.next(),
        channel,
        gateway.clock.millis(),
        headers.get(HttpHeaderNames.HOST, "localhost"),
        ((InetSocketAddress) channel.remoteAddress()).getAddress().getHostAddress(),
        headers.get(HttpHeaderNames.USER_AGENT));
  }

  /** Begins; {@code request} stays the caller's, and only its head is used afterwards. */
  static void begin(Gateway gateway, ChannelHandlerContext ctx, FullHttpRequest request) {
    WebSocketServerHandshaker handshaker =
        new WebSocketServerHandshakerFactory(request.uri(), null, decoder(gateway.quotas))
            .newHandshaker(request);
    if (!gateway.connectsAllow()) {
      gateway.figures.clientErrors.increment();
      gateway.figures.refused.increment();
      HttpAnswers.last(
          ctx, HttpResponseStatus.TOO_MANY_REQUESTS, HttpAnswers.message("Too Many Requests"));
    } else if (handshaker == null) {
      gateway.figures.refused.increment();
      WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(ctx.channel());
    } else if (!request.headers().contains(HttpHeaderNames.SEC_WEBSOCKET_KEY)) {
      gateway.figures.refused.increment();
      HttpAnswers.last(
          ctx, HttpResponseStatus.BAD_REQUEST, HttpAnswers.message("Sec-WebSocket-Key is missing"));
    } else {
      Handshake handshake = new Handshake(gateway, ctx, head(request), handshaker);
      gateway.latency.take(Hop.HANDSHAKE, ctx.channel().eventLoop(), handshake::askAuthorizer);
    }
  }

  /** The request without its buffer, which nobody could release if the front door stops first. */
  private static FullHttpRequest head(FullHttpRequest request) {
    return new DefaultFullHttpRequest(
        request.protocolVersion(),
        request.method(),
        request.uri(),
        Unpooled.EMPTY_BUFFER,
        request.headers(),
        EmptyHttpHeaders.INSTANCE);
  }

  private static WebSocketDecoderConfig decoder(QuotaCheck quotas) {
    return WebSocketDecoderConfig.newBuilder()
        .maxFramePayloadLength(quotas.of(Quota.FRAME_BYTES))
        .expectMaskedFrames(true)
        .allowExtensions(false)
        .closeOnProtocolViolation(false)
        .withUTF8Validator(false)
        .build();
  }

  private void askAuthorizer() {
    // A client that talks before it is let in waits in the kernel.
    ctx.channel().config().setAutoRead(false);
    Optional<Refusal> unsigned =
        gateway.connectSignatures.flatMap(check -> check.check(new NettyRequest(request)));
    if (unsigned.isPresent()) {
      gateway.figures.clientErrors.increment();
      refuse(HttpResponseStatus.FORBIDDEN, HttpAnswers.message(unsigned.get().message()));
      return;
    }
    gateway.authorizer.ifPresentOrElse(
        authorizer ->
            authorizer.ask(ctx.channel().eventLoop(), client, request, requestId, this::authorized),
        this::askConnect);
  }

  private void authorized(Decision decision) {
    if (decision instanceof Allowed allowed) {
      client.authorized(allowed.context());
      askConnect();
      return;
    }
    gateway.figures.clientErrors.increment();
    if (decision instanceof Unauthorized) {
      refuse(HttpResponseStatus.UNAUTHORIZED, HttpAnswers.message("Unauthorized"));
    } else if (decision instanceof Denied) {
      refuse(HttpResponseStatus.FORBIDDEN, Replies.FORBIDDEN_BODY);
    } else if (decision instanceof Broken) {
      refuse(
          HttpResponseStatus.INTERNAL_SERVER_ERROR,
          Replies.internalServerError(client.id(), requestId));
    }
  }

  private void askConnect() {
    Route route = gateway.template.routes().get("$connect");
    if (route == null) {
      accept(new DefaultHttpHeaders());
      return;
    }
    if (!gateway.routeAllows(route)) {
      gateway.figures.clientErrors.increment();
      refuse(HttpResponseStatus.TOO_MANY_REQUESTS, HttpAnswers.message("Too Many Requests"));
      return;
    }
    gateway.figures.connects.increment();
    gateway.integrations.call(
        ctx.channel().eventLoop(),
        route,
        gateway.events.connect(client, request, requestId),
        this::answered);
  }

  private void answered(IntegrationResult result) {
    if (result instanceof Answered answered && answered.answer().isSuccess()) {
      HttpHeaders headers = new DefaultHttpHeaders();
      String subprotocol = answered.answer().headers().get("sec-websocket-protocol");
      if (subprotocol != null) {
        headers.set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, subprotocol);
      }
      acceptAfterRace(headers);
    } else if (result instanceof Answered answered) {
      refuse(
          HttpResponseStatus.valueOf(answered.answer().statusCode()),
          HttpAnswers.message("Refused"));
    } else if (result instanceof TimedOut) {
      refuse(HttpResponseStatus.GATEWAY_TIMEOUT, HttpAnswers.message("Endpoint request timed out"));
    } else if (result instanceof Failed) {
      refuse(HttpResponseStatus.BAD_GATEWAY, Replies.internalServerError(client.id(), requestId));
    }
  }

  private void acceptAfterRace(HttpHeaders headers) {
    long millis = gateway.faults.connectRaceMillis();
    if (millis == 0) {
      accept(headers);
    } else {
      var unused =
          ctx.channel().eventLoop().schedule(() -> accept(headers), millis, TimeUnit.MILLISECONDS);
    }
  }

  private void accept(HttpHeaders headers) {
    Channel channel = ctx.channel();
    // Posts wait for this event loop, so none can overtake the 101 that is written below.
    gateway.opened(client);
    if (!channel.isActive()) {
      gateway.ended(client, gateway.assumptions.lostCode(), "");
      return;
    }
    handshaker.handshake(channel, request, headers, channel.newPromise());
    FrameReader frames = new FrameReader(gateway.quotas);
    channel.pipeline().replace("wsdecoder", "wsdecoder", frames);
    channel.pipeline().replace(HttpDoor.class, "client", new ClientSocket(gateway, client, frames));
    channel.config().setAutoRead(true);
  }

  private void refuse(HttpResponseStatus status, String body) {
    gateway.figures.refused.increment();
    HttpAnswers.last(ctx, status, body);
  }
}
