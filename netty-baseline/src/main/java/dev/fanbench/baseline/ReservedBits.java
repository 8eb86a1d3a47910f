package dev.fanbench.baseline;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;

/**
 * Lets the bit that says "deflated" pass on the first frame of a message and refuses every other
 * use of the reserved bits, which the decoder leaves to who agreed to an extension.
 */
final class ReservedBits extends ChannelInboundHandlerAdapter {
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
