package dev.fanbench.baseline;

import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.TooLongHttpContentException;

/**
 * Collects a request with its body and leaves every answer to the handler behind it. Netty's own
 * answers to a body that is too long and to {@code Expect} would leave the connection open, for a
 * second answer that nothing asked for.
 */
final class RequestCollector extends HttpObjectAggregator {
  /** The longest body that is taken; no request for a WebSocket has one. */
  private static final int LONGEST_BODY_BYTES = 8 * 1024;

  RequestCollector() {
    super(LONGEST_BODY_BYTES);
  }

  @Override
  protected Object newContinueResponse(
      HttpMessage start, int longestBodyBytes, ChannelPipeline pipeline) {
    return null;
  }

  @Override
  protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
    ctx.fireExceptionCaught(
        new TooLongHttpContentException("a body of over " + LONGEST_BODY_BYTES + " bytes"));
  }
}
