package dev.fanbench.gatling.faulty;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/** Something that listens and is no WebSocket. */
final class WebServer extends SimpleChannelInboundHandler<FullHttpRequest> {
  static final String BODY = "{\"message\":\"just a web server\"}";

  private final int status;

  WebServer(int status) {
    this.status = status;
  }

  @Override
  protected void channelRead0(ChannelHandlerContext context, FullHttpRequest request) {
    ByteBuf body = Unpooled.copiedBuffer(BODY, StandardCharsets.UTF_8);
    FullHttpResponse answer =
        new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, HttpResponseStatus.valueOf(status), body);
    answer.headers().set(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
    var unused = context.writeAndFlush(answer).addListener(ChannelFutureListener.CLOSE);
  }
}
