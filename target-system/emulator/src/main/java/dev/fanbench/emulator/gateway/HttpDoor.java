package dev.fanbench.emulator.gateway;

import dev.fanbench.emulator.quota.Quota;
import dev.fanbench.protocol.ReplyFormat;
import dev.fanbench.protocol.handshake.RequestTarget;
import io.netty.handler.codec.DecoderResult;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpMessageDecoderResult;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;

/** Sorts HTTP requests: clients that want in, posts, and the rest. Thread-safe. */
final class HttpDoor {
  private final Gateway gateway;
  private final ConnectionsApi connections;
  private final String stagePath;
  private final int headBytes;

  HttpDoor(Gateway gateway) {
    this.gateway = gateway;
    this.connections = new ConnectionsApi(gateway);
    this.stagePath = "/" + gateway.template.stage();
    this.headBytes = gateway.quotas.of(Quota.HEAD_BYTES);
  }

  /** Sees to the one answer that {@code request} gets, now or later. */
  void handle(HttpConversation to, FullHttpRequest request) {
    HttpResponseStatus broken = statusOf(request.decoderResult());
    if (broken != null) {
      HttpAnswerWriter.last(to, broken, HttpAnswerWriter.message(broken.reasonPhrase()));
      return;
    }
    String uri = RequestTarget.originForm(request.uri());
    int query = uri.indexOf('?');
    String path = query < 0 ? uri : uri.substring(0, query);
    if (connections.serves(path)) {
      connections.handle(to, path, request);
    } else if (!isDecodable(uri)) {
      HttpAnswerWriter.error(
          to,
          HttpResponseStatus.BAD_REQUEST,
          "BadRequestException",
          HttpAnswerWriter.message("Bad Request"));
    } else if (path.equals(stagePath) || path.equals(stagePath + "/")) {
      Handshake.begin(gateway, to, request);
    } else {
      HttpAnswerWriter.error(
          to, HttpResponseStatus.FORBIDDEN, "ForbiddenException", ReplyFormat.FORBIDDEN_BODY);
    }
  }

  /** The status for a request that cannot be read; {@code null} for one that can. */
  private HttpResponseStatus statusOf(DecoderResult result) {
    if (result.isFailure()) {
      Throwable cause = result.cause();
      if (cause instanceof TooLongHttpLineException) {
        return HttpResponseStatus.REQUEST_URI_TOO_LONG;
      }
      return cause instanceof TooLongHttpHeaderException
          ? HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE
          : HttpResponseStatus.BAD_REQUEST;
    }
    // The decoder limits the line and the headers, and the quota is for both together.
    boolean tooLong =
        result instanceof HttpMessageDecoderResult sizes && sizes.totalSize() > headBytes;
    return tooLong ? HttpResponseStatus.REQUEST_HEADER_FIELDS_TOO_LARGE : null;
  }

  private static boolean isDecodable(String uri) {
    try {
      QueryStringDecoder.decodeComponent(uri);
      return true;
    } catch (IllegalArgumentException broken) {
      return false;
    }
  }
}
