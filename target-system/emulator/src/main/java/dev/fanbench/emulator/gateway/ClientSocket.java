package dev.fanbench.emulator.gateway;

import dev.fanbench.emulator.failure.RequestGuard;
import dev.fanbench.emulator.quota.Quota;
import io.netty.channel.Channel;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CloseWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.PingWebSocketFrame;
import io.netty.handler.codec.http.websocketx.PongWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;

/**
 * One client after its handshake. Messages are passed to functions as they arrive. As on AWS,
 * messages of one client run at the same time and may be answered in another order.
 *
 * <p>The memory for a client is bounded. Reading from a client pauses in two cases: it has left too
 * much unread, or too many of its messages wait for an answer.
 */
final class ClientSocket extends SimpleChannelInboundHandler<WebSocketFrame> {
  private static final int NO_STATUS = 1_005;
  private static final int LAST_CODE = 4_999;

  /** The time that a client has to answer a close before its socket is shut. */
  private static final long CLOSE_MILLIS = 2_000;

  private final Gateway gateway;
  private final ClientConnection client;
  private final FrameReader frames;
  private final MessageAssembler message;

  // Messages whose answer is not yet among what waits for the client.
  private int underWay;
  private long bytesUnderWay;

  /**
   * The handler of a client.
   *
   * @param frames the decoder in front of it
   */
  ClientSocket(Gateway gateway, ClientConnection client, FrameReader frames) {
    this.gateway = gateway;
    this.client = client;
    this.frames = frames;
    this.message = new MessageAssembler(gateway.quotas.of(Quota.MESSAGE_BYTES));
  }

  /** The kernel keeps half of what may wait for a slow client: it counts twice what is set here. */
  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    try {
      ctx.channel()
          .config()
          .setOption(ChannelOption.SO_SNDBUF, Math.max(1, gateway.slowClientBytes / 4));
    } catch (ChannelException closed) {
      ctx.close();
    }
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, WebSocketFrame frame) {
    if (frame instanceof CloseWebSocketFrame close) {
      closedByClient(ctx, close);
    } else if (client.isClosing() || frame instanceof PongWebSocketFrame) {
      // What a client still sends after our close is read, so that the close itself arrives.
      return;
    } else if (frame instanceof PingWebSocketFrame) {
      gateway.figures.pingsReceived.increment();
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
      int bytes = message.size();
      gateway.figures.meter(bytes);
      client.activeAt(gateway.clock.millis());
      try {
        dispatch(ctx.channel(), bytes, message.text());
      } catch (CharacterCodingException broken) {
        close(ctx.channel(), CloseRequest.NOT_UTF8);
      }
    }
  }

  private void dispatch(Channel channel, int bytes, String text) {
    underWay++;
    bytesUnderWay += bytes;
    ClientMessage.dispatch(gateway, client, text, () -> over(channel, bytes));
    regulate(channel);
  }

  private void over(Channel channel, int bytes) {
    underWay--;
    bytesUnderWay -= bytes;
    regulate(channel);
  }

  /** Reads from the client as long as there is room for what it asks for. */
  private void regulate(Channel channel) {
    if (!channel.isActive()) {
      return;
    }
    boolean keepsUp = channel.isWritable();
    if (client.isClosing() || (keepsUp && mayAskMore())) {
      frames.resume();
    } else if (frames.pause() && keepsUp) {
      gateway.quotas.hit(Quota.CLIENT_REQUESTS);
    }
  }

  private boolean mayAskMore() {
    return underWay < gateway.clientRequests && bytesUnderWay <= gateway.slowClientBytes;
  }

  @Override
  public void channelWritabilityChanged(ChannelHandlerContext ctx) {
    gateway.quotas.within(Quota.SLOW_CLIENT_BYTES, ctx.channel().isWritable());
    regulate(ctx.channel());
    ctx.fireChannelWritabilityChanged();
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
    ChannelFuture answered = ctx.writeAndFlush(close.retain());
    answered.addListener(ChannelFutureListener.CLOSE);
    if (!answered.isDone()) {
      closeLater(ctx.channel());
    }
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
      sent.addListener(written -> TlsDetector.shutdownOutput(stream));
    }
    closeLater(channel);
    // What the client still sends is read and dropped.
    regulate(channel);
  }

  private static void closeLater(Channel channel) {
    RequestGuard guard = new RequestGuard("the end of a connection", () -> {});
    var unused = guard.schedule(channel.eventLoop(), CLOSE_MILLIS, () -> channel.close());
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
    } else if (cause instanceof IOException) {
      // A reset by the client, most of all; channelInactive tells the rest.
      ctx.close();
    } else {
      RequestGuard.report("a connection", cause);
      close(ctx.channel(), CloseRequest.FAILED);
    }
  }
}
