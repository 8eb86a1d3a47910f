package dev.fanbench.baseline;

import dev.fanbench.baseline.broadcast.Subscriber;
import dev.fanbench.protocol.ChatLimits;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundHandlerAdapter;
import io.netty.channel.ChannelPipeline;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.util.ReferenceCountUtil;
import java.time.InstantSource;

/**
 * Ends a connection where API Gateway would: with 1003 at a binary frame, with 1001 when it has
 * been idle or open for too long. Pings and pongs do not count as use.
 */
final class AwsLimitHandler extends ChannelInboundHandlerAdapter {
  /** Asks each connection to compare its age with the clock. */
  record Sweep() {}

  private static final int FINAL_TEXT = 0x81;
  private static final int DEFLATED = 0x40;

  private final InstantSource clock;
  private final long bornMillis;
  private long lastUsedMillis;

  private AwsLimitHandler(InstantSource clock) {
    this.clock = clock;
    this.bornMillis = clock.millis();
    this.lastUsedMillis = bornMillis;
  }

  /** Adds the limits at the end of a pipeline, behind the WebSocket decoder. */
  static void addTo(ChannelPipeline pipeline, InstantSource clock) {
    AwsLimitHandler limits = new AwsLimitHandler(clock);
    pipeline.addBefore(Subscriber.ENCODER, null, limits.new Deliveries()).addLast(limits);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof BinaryWebSocketFrame) {
      ReferenceCountUtil.release(message);
      ctx.fireExceptionCaught(
          new CorruptedWebSocketFrameException(
              WebSocketCloseStatus.INVALID_MESSAGE_TYPE, "binary"));
      return;
    }
    if (message instanceof TextWebSocketFrame || message instanceof ContinuationWebSocketFrame) {
      lastUsedMillis = clock.millis();
    }
    ctx.fireChannelRead(message);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof Sweep) {
      long now = clock.millis();
      if (now - lastUsedMillis >= ChatLimits.IDLE.toMillis()
          || now - bornMillis >= ChatLimits.AGE.toMillis()) {
        ctx.fireUserEventTriggered(new ConnectionHandler.GoAway());
      }
    } else {
      ctx.fireUserEventTriggered(event);
    }
  }

  /** Sees what goes out, which passes by every handler behind the encoder. */
  private final class Deliveries extends ChannelOutboundHandlerAdapter {
    @Override
    public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
      if (message instanceof ByteBuf frame
          && frame.isReadable()
          && (frame.getUnsignedByte(frame.readerIndex()) & ~DEFLATED) == FINAL_TEXT) {
        lastUsedMillis = clock.millis();
      }
      ctx.write(message, promise);
    }
  }
}
