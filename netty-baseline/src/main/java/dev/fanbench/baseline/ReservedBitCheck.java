package dev.fanbench.baseline;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/**
 * Accepts the bit for "deflated" on the first frame of a message and rejects every other use of the
 * reserved bits. The decoder leaves these checks to the extension.
 */
final class ReservedBitCheck extends ChannelInboundHandlerAdapter {
  /** The first of the three reserved bits (RFC 7692, section 6). */
  static final int DEFLATED = 0b100;

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (message instanceof WebSocketFrame frame && frame.rsv() != 0 && !beginsDeflated(frame)) {
      frame.release();
      ctx.fireExceptionCaught(
          new CorruptedWebSocketFrameException(
              WebSocketCloseStatus.PROTOCOL_ERROR, "reserved bits"));
    } else {
      ctx.fireChannelRead(message);
    }
  }

  private static boolean beginsDeflated(WebSocketFrame frame) {
    return frame.rsv() == DEFLATED
        && (frame instanceof TextWebSocketFrame || frame instanceof BinaryWebSocketFrame);
  }
}
