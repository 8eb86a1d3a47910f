package dev.fanbench.emulator.gateway;

import dev.fanbench.emulator.failure.RequestGuard;
import dev.fanbench.emulator.gateway.Authorizer.Decision;
import dev.fanbench.emulator.gateway.Authorizer.Decision.Allowed;
import dev.fanbench.emulator.gateway.Authorizer.Decision.Broken;
import dev.fanbench.emulator.gateway.Authorizer.Decision.Denied;
import dev.fanbench.emulator.gateway.Authorizer.Decision.Unauthorized;
import dev.fanbench.emulator.gateway.IntegrationResult.Answered;
import dev.fanbench.emulator.gateway.IntegrationResult.Failed;
import dev.fanbench.emulator.gateway.IntegrationResult.TimedOut;
import dev.fanbench.emulator.integration.IntegrationAnswer;
import dev.fanbench.emulator.latency.Hop;
import dev.fanbench.emulator.template.EmulatorRoute;
import dev.fanbench.protocol.ConnectionId;
import dev.fanbench.protocol.ReplyFormat;
import dev.fanbench.protocol.RequestId;
import dev.fanbench.protocol.handshake.HandshakeCheck;
import dev.fanbench.protocol.handshake.HandshakeCheck.Violation;
import dev.fanbench.signature.Refusal;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.handler.codec.http.DefaultFullHttpRequest;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.EmptyHttpHeaders;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpHeaders;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * Lets a client in, after the authorizer, if there is one, and {@code $connect} have agreed. Until
 * then the client reads nothing and cannot be posted to, although its function may have stored its
 * id already.
 *
 * <p>The client is open once its 101 was written. If its socket ends sooner, at whatever step, the
 * next step is not taken; {@code $disconnect} is then told of a client that {@code $connect} had
 * let in, and of no other. For the event loop of its connection only.
 */
final class Handshake {
  private static final int FIRST_REFUSAL = 300;
  private static final int LAST_STATUS = 599;

  private final Gateway gateway;
  private final HttpConversation conversation;
  private final FullHttpRequest request;
  private final ClientConnection client;
  private final Optional<DeflateAgreement> deflated;
  private final String requestId = RequestId.next();
  private final RequestGuard guard = new RequestGuard("a handshake", this::failed);

  /** {@code $connect} has run and let the client in. */
  private boolean admitted;

  /** The 101 is on its way: what comes next are frames. */
  private boolean accepted;

  /** The handshake is over: refused, or its client is gone. */
  private boolean over;

  private Handshake(Gateway gateway, HttpConversation conversation, FullHttpRequest request) {
    this.gateway = gateway;
    this.conversation = conversation;
    this.request = request;
    this.client = client(conversation.channel(), request.headers());
    this.deflated =
        gateway.assumptions.permessageDeflate()
            ? DeflateAgreement.of(request.headers())
            : Optional.empty();
  }

  private ClientConnection client(Channel channel, HttpHeaders headers) {
    return new ClientConnection(
        ConnectionId.next(),
        channel,
        gateway.clock.millis(),
        headers.get(HttpHeaderNames.HOST),
        ((InetSocketAddress) channel.remoteAddress()).getAddress().getHostAddress(),
        headers.get(HttpHeaderNames.USER_AGENT));
  }

  /** Begins; {@code request} stays the caller's, and only its head is used afterwards. */
  static void begin(Gateway gateway, HttpConversation conversation, FullHttpRequest request) {
    Optional<Violation> violation =
        HandshakeCheck.violation(
            request.method().name(), request.protocolVersion().text(), request.headers()::getAll);
    if (violation.isPresent()) {
      if (request.headers().contains(HttpHeaderNames.UPGRADE)) {
        gateway.figures.refused.increment();
      }
      HttpAnswerWriter.last(
          conversation,
          HttpResponseStatus.valueOf(violation.get().status()),
          HttpAnswerWriter.message(violation.get().message()));
    } else if (gateway.stopping) {
      HttpAnswerWriter.last(
          conversation,
          HttpResponseStatus.SERVICE_UNAVAILABLE,
          HttpAnswerWriter.message("Stopping"));
    } else if (!gateway.connectsAllow()) {
      gateway.figures.clientErrors.increment();
      gateway.figures.refused.increment();
      HttpAnswerWriter.last(
          conversation,
          HttpResponseStatus.TOO_MANY_REQUESTS,
          HttpAnswerWriter.message("Too Many Requests"));
    } else {
      new Handshake(gateway, conversation, head(request)).begin();
    }
  }

  private void begin() {
    if (conversation.isFollowedByRequest()) {
      refuseSecondRequest();
      return;
    }
    conversation.shakeHands(this);
    guard.take(gateway.latency, Hop.HANDSHAKE, conversation.loop(), this::askAuthorizer);
  }

  /** The request without its buffer. The buffer would leak if the front door stops first. */
  private static FullHttpRequest head(FullHttpRequest request) {
    return new DefaultFullHttpRequest(
        request.protocolVersion(),
        request.method(),
        request.uri(),
        Unpooled.EMPTY_BUFFER,
        request.headers(),
        EmptyHttpHeaders.INSTANCE);
  }

  private void askAuthorizer() {
    if (over) {
      return;
    }
    Optional<Refusal> unsigned =
        gateway.connectSignatures.flatMap(check -> check.check(new NettyRequest(request)));
    if (unsigned.isPresent()) {
      gateway.figures.clientErrors.increment();
      refuse(HttpResponseStatus.FORBIDDEN, HttpAnswerWriter.message(unsigned.get().message()));
      return;
    }
    gateway.authorizer.ifPresentOrElse(
        authorizer ->
            authorizer.ask(
                conversation.loop(), guard, client, request, requestId, this::authorized),
        this::askConnect);
  }

  private void authorized(Decision decision) {
    if (over) {
      return;
    }
    if (decision instanceof Allowed allowed) {
      client.authorized(allowed.context());
      askConnect();
      return;
    }
    gateway.figures.clientErrors.increment();
    if (decision instanceof Unauthorized) {
      refuse(HttpResponseStatus.UNAUTHORIZED, HttpAnswerWriter.message("Unauthorized"));
    } else if (decision instanceof Denied) {
      refuse(HttpResponseStatus.FORBIDDEN, ReplyFormat.FORBIDDEN_BODY);
    } else if (decision instanceof Broken) {
      refuse(
          HttpResponseStatus.INTERNAL_SERVER_ERROR,
          ReplyFormat.internalServerError(client.id(), requestId));
    }
  }

  private void askConnect() {
    EmulatorRoute route = gateway.template.routes().get("$connect");
    if (route == null) {
      accept(switchingProtocols(Optional.empty()));
      return;
    }
    if (!gateway.routeAllows(route)) {
      gateway.figures.clientErrors.increment();
      refuse(HttpResponseStatus.TOO_MANY_REQUESTS, HttpAnswerWriter.message("Too Many Requests"));
      return;
    }
    gateway.figures.connects.increment();
    gateway.integrations.call(
        conversation.loop(),
        route,
        gateway.events.connect(client, request, requestId),
        result -> guard.run(() -> answered(result)));
  }

  private void answered(IntegrationResult result) {
    if (result instanceof Answered answered) {
      answered(answered.answer());
    } else if (result instanceof TimedOut) {
      refuse(
          HttpResponseStatus.GATEWAY_TIMEOUT,
          HttpAnswerWriter.message("Endpoint request timed out"));
    } else if (result instanceof Failed) {
      refuseMalformed();
    }
  }

  private void answered(IntegrationAnswer answer) {
    int status = answer.statusCode();
    if (!answer.isSuccess()) {
      // 101, for one, is a status code and cannot be a refusal.
      if (status < FIRST_REFUSAL || status > LAST_STATUS) {
        refuseMalformed();
      } else {
        refuse(HttpResponseStatus.valueOf(status), HttpAnswerWriter.message("Refused"));
      }
      return;
    }
    FullHttpResponse response;
    try {
      response =
          switchingProtocols(Optional.ofNullable(answer.headers().get("sec-websocket-protocol")));
    } catch (IllegalArgumentException noHeaderValue) {
      refuseMalformed();
      return;
    }
    admitted = true;
    if (over) {
      response.release();
      tellDisconnect();
    } else {
      acceptAfterRace(response);
    }
  }

  private FullHttpResponse switchingProtocols(Optional<String> subprotocol) {
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, HttpResponseStatus.SWITCHING_PROTOCOLS, Unpooled.EMPTY_BUFFER);
    response
        .headers()
        .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.UPGRADE)
        .set(
            HttpHeaderNames.SEC_WEBSOCKET_ACCEPT,
            HandshakeCheck.accept(request.headers().get(HttpHeaderNames.SEC_WEBSOCKET_KEY)));
    subprotocol.ifPresent(
        chosen -> response.headers().set(HttpHeaderNames.SEC_WEBSOCKET_PROTOCOL, chosen));
    deflated.ifPresent(
        agreed ->
            response.headers().set(HttpHeaderNames.SEC_WEBSOCKET_EXTENSIONS, agreed.header()));
    return response;
  }

  private void acceptAfterRace(FullHttpResponse response) {
    long millis = gateway.faults.connectRaceMillis();
    if (millis == 0) {
      accept(response);
    } else {
      var unused = guard.schedule(conversation.loop(), millis, () -> accept(response));
    }
  }

  private void accept(FullHttpResponse response) {
    if (over) {
      return;
    }
    // Known before the flush, so that no post of a client that has its 101 misses it. Posts are
    // tasks of this event loop, so none overtakes the 101.
    accepted = true;
    gateway.open.add(client);
    ChannelFuture written = conversation.upgrade(response);
    if (!written.isSuccess()) {
      // The client has not read answers that were sent before, or is gone.
      gateway.open.remove(client);
    }
    written.addListener(
        done -> {
          if (done.isSuccess()) {
            guard.run(this::opened);
          } else {
            left();
          }
        });
  }

  private void opened() {
    over = true;
    gateway.opened(client);
    Optional<DeflateHandler> deflate =
        deflated.map(agreed -> new DeflateHandler(gateway, client, agreed));
    FrameReader frames = new FrameReader(gateway.quotas, deflate.isPresent());
    conversation.become(frames, deflate, new ClientSocket(gateway, client, frames));
  }

  /** The client's socket has ended before its 101 was written. */
  void left() {
    if (!over) {
      over = true;
      if (admitted) {
        tellDisconnect();
      }
    }
  }

  /** Ends a handshake of which a step has failed, with 500 as long as there can be an answer. */
  private void failed() {
    if (accepted) {
      over = true;
      conversation.channel().close();
      gateway.ended(client, gateway.assumptions.lostCode(), "");
    } else if (!over) {
      refuse(
          HttpResponseStatus.INTERNAL_SERVER_ERROR,
          ReplyFormat.internalServerError(client.id(), requestId));
      if (admitted) {
        tellDisconnect();
      }
    }
  }

  private void tellDisconnect() {
    guard.run(() -> gateway.tellDisconnect(client, gateway.assumptions.lostCode(), ""));
  }

  /** Refuses a client that sends another request before this one is answered. */
  void refuseSecondRequest() {
    if (!over && !accepted) {
      refuse(
          HttpResponseStatus.BAD_REQUEST,
          HttpAnswerWriter.message("A request came before the handshake was over"));
      if (admitted) {
        tellDisconnect();
      }
    }
  }

  private void refuseMalformed() {
    refuse(HttpResponseStatus.BAD_GATEWAY, ReplyFormat.internalServerError(client.id(), requestId));
  }

  private void refuse(HttpResponseStatus status, String body) {
    if (!over) {
      over = true;
      gateway.figures.refused.increment();
      HttpAnswerWriter.last(conversation, status, body);
    }
  }
}
