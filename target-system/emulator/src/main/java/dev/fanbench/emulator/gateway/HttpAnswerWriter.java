package dev.fanbench.emulator.gateway;

import dev.fanbench.protocol.RequestId;
import dev.fanbench.protocol.handshake.HandshakeCheck;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
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
final class HttpAnswerWriter {
  private static final String ERROR_TYPE = "x-amzn-ErrorType";
  private static final String REQUEST_ID = "x-amzn-RequestId";

  private HttpAnswerWriter() {}

  /** 200 without a body. */
  static void ok(HttpConversation to) {
    to.answer(response(HttpResponseStatus.OK, Unpooled.EMPTY_BUFFER));
  }

  /**
   * 204. It has no length, and with no header at all AWS's native client would miss it: it tells of
   * the status together with the first header.
   */
  static void noContent(HttpConversation to) {
    FullHttpResponse response = response(HttpResponseStatus.NO_CONTENT, Unpooled.EMPTY_BUFFER);
    response.headers().set(REQUEST_ID, RequestId.next());
    to.answer(response);
  }

  /** A JSON answer. */
  static void json(HttpConversation to, HttpResponseStatus status, String body) {
    to.answer(jsonResponse(status, body));
  }

  /** An error as AWS's own APIs answer it; {@code body} may be empty. */
  static void error(HttpConversation to, HttpResponseStatus status, String type, String body) {
    FullHttpResponse response =
        body.isEmpty() ? response(status, Unpooled.EMPTY_BUFFER) : jsonResponse(status, body);
    response.headers().set(ERROR_TYPE, type).set(REQUEST_ID, RequestId.next());
    to.answer(response);
  }

  /** A JSON answer after which the connection is closed. */
  static void last(HttpConversation to, HttpResponseStatus status, String body) {
    FullHttpResponse response = jsonResponse(status, body);
    if (status.equals(HttpResponseStatus.UPGRADE_REQUIRED)) {
      response
          .headers()
          .set(HttpHeaderNames.UPGRADE, HttpHeaderValues.WEBSOCKET)
          .set(HttpHeaderNames.SEC_WEBSOCKET_VERSION, HandshakeCheck.VERSION);
    }
    to.answerLast(response);
  }

  /** 500 for a failure of the emulator's own, after which the connection is closed. */
  static void internalError(HttpConversation to) {
    last(to, HttpResponseStatus.INTERNAL_SERVER_ERROR, message("Internal server error"));
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
}
