package dev.fanbench.emulator.gateway;

import dev.fanbench.protocol.Replies;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpMethod;
import io.netty.handler.codec.http.HttpResponseStatus;

/** Sorts the requests of one HTTP connection: clients that want in, posts, and the rest. */
final class HttpDoor extends SimpleChannelInboundHandler<FullHttpRequest> {
  private final Gateway gateway;
  private final ConnectionsApi connections;
  private final String stagePath;

  HttpDoor(Gateway gateway, ConnectionsApi connections) {
    this.gateway = gateway;
    this.connections = connections;
    this.stagePath = "/" + gateway.template.stage();
  }

  @Override
  protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) {
    if (request.decoderResult().isFailure()) {
      HttpAnswers.last(ctx, HttpResponseStatus.BAD_REQUEST, HttpAnswers.message("Bad Request"));
      return;
    }
    String uri = request.uri();
    int query = uri.indexOf('?');
    String path = query < 0 ? uri : uri.substring(0, query);
    if (connections.serves(path)) {
      connections.handle(ctx, path, request);
    } else if (!path.equals(stagePath) && !path.equals(stagePath + "/")) {
      HttpAnswers.last(ctx, HttpResponseStatus.FORBIDDEN, Replies.FORBIDDEN_BODY);
    } else if (!isUpgrade(request)) {
      HttpAnswers.last(
          ctx, HttpResponseStatus.UPGRADE_REQUIRED, HttpAnswers.message("Upgrade Required"));
    } else if (gateway.stopping) {
      HttpAnswers.last(
          ctx, HttpResponseStatus.SERVICE_UNAVAILABLE, HttpAnswers.message("Stopping"));
    } else {
      Handshake.begin(gateway, ctx, request);
    }
  }

  private static boolean isUpgrade(FullHttpRequest request) {
    return request.method().equals(HttpMethod.GET)
        && request
            .headers()
            .containsValue(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET, true);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    ctx.close();
  }
}
