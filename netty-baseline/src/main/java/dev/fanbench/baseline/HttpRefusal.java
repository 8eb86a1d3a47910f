package dev.fanbench.baseline;

import dev.fanbench.protocol.handshake.HandshakeCheck;
import io.netty.buffer.ByteBufUtil;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.DuplexChannel;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.util.concurrent.TimeUnit;

/**
 * The answer to a request that becomes no WebSocket, after which the connection ends.
 *
 * @param status of the answer
 * @param message for its body; needs no escapes in JSON
 */
record HttpRefusal(HttpResponseStatus status, String message) {
  /** A client may take this long to close its side; until then what it still sends is read. */
  private static final long LINGER_MILLIS = 1_000;

  static HttpRefusal of(HttpResponseStatus status) {
    return new HttpRefusal(status, status.reasonPhrase());
  }

  static HttpRefusal of(HandshakeCheck.Violation violation) {
    return new HttpRefusal(HttpResponseStatus.valueOf(violation.status()), violation.message());
  }

  /**
   * Writes the answer and ends the stream behind it. The connection itself ends a little later,
   * since the kernel would answer unread bytes with a reset that can overtake the answer.
   */
  void writeTo(ChannelHandlerContext ctx) {
    ctx.writeAndFlush(response(ctx)).addListener(written -> end(ctx, written.isSuccess()));
  }

  private static void end(ChannelHandlerContext ctx, boolean written) {
    if (written && ctx.channel() instanceof DuplexChannel stream) {
      ChannelFuture ended = stream.shutdownOutput();
      ctx.executor().schedule(() -> ended.channel().close(), LINGER_MILLIS, TimeUnit.MILLISECONDS);
    } else {
      ctx.close();
    }
  }

  private FullHttpResponse response(ChannelHandlerContext ctx) {
    String json = "{\"message\":\"%s\"}".formatted(message);
    FullHttpResponse response =
        new DefaultFullHttpResponse(
            HttpVersion.HTTP_1_1, status, ByteBufUtil.writeUtf8(ctx.alloc(), json));
    response
        .headers()
        .set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON)
        .set(HttpHeaderNames.CONTENT_LENGTH, response.content().readableBytes())
        .set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
    if (status.equals(HttpResponseStatus.UPGRADE_REQUIRED)) {
      response
          .headers()
          .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
          .set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, HandshakeCheck.VERSION);
    }
    return response;
  }
}
