package dev.fanbench.emulator.gateway;

import dev.fanbench.emulator.gateway.IntegrationResult.Answered;
import dev.fanbench.emulator.quota.Quota;
import dev.fanbench.emulator.template.Route;
import dev.fanbench.protocol.Replies;
import dev.fanbench.protocol.RequestIds;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.charset.CharacterCodingException;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/**
 * One client after its handshake. Messages are handed to functions as they come: those of one
 * client run at the same time, and may be answered in another order, as on AWS.
 */
final class ClientSocket extends SimpleChannelInboundHandler<WebSocketFrame> {
  private static final int NO_STATUS = 1_005;
  private static final int LAST_CODE = 4_999;

  /** How long a client has to answer a close before its socket is shut. */
  private static final long CLOSE_SECONDS = 2;

  private final Gateway gateway;
  private final ClientConnection client;
  private final MessageAssembler message;

  ClientSocket(Gateway gateway, ClientConnection client) {
    this.gateway = gateway;
    this.client = client;
    this.message = new MessageAssembler(gateway.quotas.of(Quota.MESSAGE_BYTES));
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
    if (frame instanceof CloseWebSocketFrame close) {
      closedByClient(ctx, close);
    } else if (client.isClosing() || frame instanceof PongWebSocketFrame) {
      // What a client still sends after our close is read, so that the close itself arrives.
      return;
    } else if (frame instanceof PingWebSocketFrame) {
      if (gateway.assumptions.pingIsActivity()) {
        client.activeAt(gateway.clock.millis());
      }
      ctx.writeAndFlush(new PongWebSocketFrame(frame.content().retain()));
    } else if (frame instanceof BinaryWebSocketFrame) {
      close(ctx.channel(), CloseRequest.BINARY);
    } else {
      text(ctx, frame);
    }
  }

  private void text(ChannelHandlerContext ctx, WebSocketFrame frame) {
    if (!message.add(frame.content())) {
      close(ctx.channel(), CloseRequest.LONG_MESSAGE);
    } else if (frame.isFinalFragment()) {
      gateway.figures.framesReceived.increment();
      gateway.figures.meter(message.size());
      client.activeAt(gateway.clock.millis());
      try {
        dispatch(ctx.channel(), message.text());
      } catch (CharacterCodingException broken) {
        close(ctx.channel(), CloseRequest.NOT_UTF8);
      }
    }
  }

  private void dispatch(Channel channel, String text) {
    String requestId = RequestIds.next();
    if (!gateway.accountAllows()) {
      gateway.figures.clientErrors.increment();
      reply(channel, Replies.tooManyRequests(client.id(), requestId));
      return;
    }
    Optional<Route> selected = gateway.selection.select(text);
    if (selected.isEmpty()) {
      gateway.figures.clientErrors.increment();
      reply(channel, Replies.forbidden(client.id(), requestId));
      return;
    }
    Route route = selected.get();
    if (!gateway.routeAllows(route)) {
      gateway.figures.clientErrors.increment();
      reply(channel, Replies.tooManyRequests(client.id(), requestId));
      return;
    }
    gateway.integrations.call(
        channel.eventLoop(),
        route,
        gateway.events.message(client, route.key(), requestId, text),
        result -> answered(channel, route, requestId, result));
  }

  private void answered(Channel channel, Route route, String requestId, IntegrationResult result) {
    if (!(result instanceof Answered answered)) {
      reply(channel, Replies.internalServerError(client.id(), requestId));
    } else if (route.twoWay() && !answered.answer().body().isEmpty()) {
      reply(channel, answered.answer().body());
    }
  }

  private void reply(Channel channel, String text) {
    if (!client.isClosing() && channel.isActive()) {
      ByteBuf frame = ByteBufUtil.writeUtf8(channel.alloc(), text);
      gateway.figures.meter(frame.readableBytes());
      gateway.figures.repliesSent.increment();
      gateway.push(client, frame);
    }
  }

  private void closedByClient(ChannelHandlerContext ctx, CloseWebSocketFrame close) {
    if (close.statusCode() > LAST_CODE) {
      // The codec takes these; the standard's registry ends before.
      close(ctx.channel(), CloseRequest.protocolError(1_002));
      return;
    }
    if (!client.beginClose()) {
      ctx.close();
      return;
    }
    int code = close.statusCode();
    if (code < 0) {
      gateway.ended(client, NO_STATUS, "Client-side close frame status not set");
    } else {
      gateway.ended(client, code, close.reasonText());
    }
    ctx.writeAndFlush(close.retain()).addListener(ChannelFutureListener.CLOSE);
  }

  /**
   * Sends a close and waits, bounded, for the client's, so that ours is not lost in a reset. A
   * client that broke the rules finds the end of the stream behind the close.
   */
  private void close(Channel channel, CloseRequest request) {
    if (!client.beginClose()) {
      return;
    }
    request.hit().ifPresent(gateway.quotas::hit);
    gateway.ended(client, request.code(), request.reason());
    ChannelFuture sent =
        channel.writeAndFlush(new CloseWebSocketFrame(request.code(), request.reason()));
    if (request.isFailure() && channel instanceof DuplexChannel stream) {
      sent.addListener(written -> stream.shutdownOutput());
    }
    var unused =
        channel.eventLoop().schedule(() -> channel.close(), CLOSE_SECONDS, TimeUnit.SECONDS);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) throws Exception {
    if (event instanceof CloseRequest request) {
      close(ctx.channel(), request);
    } else {
      super.userEventTriggered(ctx, event);
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) throws Exception {
    gateway.ended(client, gateway.assumptions.lostCode(), "");
    super.channelInactive(ctx);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    if (cause instanceof CorruptedWebSocketFrameException corrupted) {
      int code = corrupted.closeStatus().code();
      close(
          ctx.channel(),
          code == CloseRequest.LONG_FRAME.code()
              ? CloseRequest.LONG_FRAME
              : CloseRequest.protocolError(code));
    } else {
      // A reset by the client, most of all; channelInactive tells the rest.
      ctx.close();
    }
  }
}
