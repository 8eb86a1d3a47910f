package dev.fanbench.emulator.gateway;

import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;

/** Collects a request's body, and refuses one that is too long in the words of AWS. */
final class PostCollector extends HttpObjectAggregator {

  PostCollector(int maxBytes) {
    super(maxBytes);
  }

  @Override
  protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
    HttpAnswers.error(
        ctx,
        HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
        "PayloadTooLargeException",
        HttpAnswers.message("Message too long"));
  }
}
