package dev.fanbench.emulator.gateway;

import dev.fanbench.protocol.RequestIds;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpResponse;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpHeaderValues;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpVersion;
import java.nio.charset.StandardCharsets;

/**
 * HTTP answers, each in one flush: head and body in separate writes meet the reader's delayed
 * acknowledgement and cost 40 ms that look like latency of AWS.
 */
final class HttpAnswers {
  private static final String ERROR_TYPE = "x-amzn-ErrorType";
  private static final String REQUEST_ID = "x-amzn-RequestId";

  private HttpAnswers() {}

  /** 200 without a body; the connection stays open. */
  static void ok(ChannelHandlerContext ctx) {
    send(ctx, response(HttpResponseStatus.OK, Unpooled.EMPTY_BUFFER), true);
  }

  /**
   * 204; the connection stays open. It has no length, and with no header at all AWS's native client
   * would miss it: it tells of the status together with the first header.
   */
  static void noContent(ChannelHandlerContext ctx) {
    FullHttpResponse response = response(HttpResponseStatus.NO_CONTENT, Unpooled.EMPTY_BUFFER);
    response.headers().set(REQUEST_ID, RequestIds.next());
    send(ctx, response, true);
  }

  /** A JSON answer; the connection stays open. */
  static void json(ChannelHandlerContext ctx, HttpResponseStatus status, String body) {
    send(ctx, jsonResponse(status, body), true);
  }

  /** An error as AWS's own APIs answer it; {@code body} may be empty. */
  static void error(
      ChannelHandlerContext ctx, HttpResponseStatus status, String type, String body) {
    FullHttpResponse response =
        body.isEmpty() ? response(status, Unpooled.EMPTY_BUFFER) : jsonResponse(status, body);
    response.headers().set(ERROR_TYPE, type).set(REQUEST_ID, RequestIds.next());
    send(ctx, response, true);
  }

  /** A JSON answer after which the connection is closed. */
  static void last(ChannelHandlerContext ctx, HttpResponseStatus status, String body) {
    FullHttpResponse response = jsonResponse(status, body);
    if (status.equals(HttpResponseStatus.UPGRADE_REQUIRED)) {
      response.headers().set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET);
    }
    send(ctx, response, false);
  }

  static String message(String text) {
    return "{\"message\":\"" + text + "\"}";
  }

  private static FullHttpResponse jsonResponse(HttpResponseStatus status, String body) {
    FullHttpResponse response =
        response(status, Unpooled.wrappedBuffer(body.getBytes(StandardCharsets.UTF_8)));
    response.headers().set(HttpHeaderNames.CONTENT_TYPE, HttpHeaderValues.APPLICATION_JSON);
    return response;
  }

  private static FullHttpResponse response(HttpResponseStatus status, ByteBuf body) {
    FullHttpResponse response = new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, body);
    if (status.code() != HttpResponseStatus.NO_CONTENT.code()) {
      response.headers().setInt(HttpHeaderNames.CONTENT_LENGTH, body.readableBytes());
    }
    return response;
  }

  private static void send(
      ChannelHandlerContext ctx, FullHttpResponse response, boolean keepsOpen) {
    if (keepsOpen) {
      ctx.writeAndFlush(response, ctx.voidPromise());
    } else {
      response.headers().set(HttpHeaderNames.CONNECTION, HttpHeaderValues.CLOSE);
      ctx.writeAndFlush(response).addListener(ChannelFutureListener.CLOSE);
    }
  }
}
