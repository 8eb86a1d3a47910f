package dev.fanbench.emulator.gateway;

import dev.fanbench.emulator.quota.Quota;
import dev.fanbench.emulator.quota.QuotaCheck;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.FullHttpMessage;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;

/**
 * Collects a request's body. A body that is too long is refused at once, in the words of AWS, and
 * what is still to come of it is dropped.
 */
final class PostCollector extends HttpObjectAggregator {
  private final HttpConversation conversation;

  PostCollector(HttpConversation conversation, QuotaCheck quotas) {
    super(quotas.of(Quota.POST_BYTES));
    this.conversation = conversation;
  }

  /** 100 for a body that may come; expectations that are unknown count as none. */
  @Override
  protected Object newContinueResponse(HttpMessage start, int maxBytes, ChannelPipeline pipeline) {
    return HttpUtil.is100ContinueExpected(start) && !isContentLengthInvalid(start, maxBytes)
        ? super.newContinueResponse(start, maxBytes, pipeline)
        : null;
  }

  /** Leaves the headers as the client sent them; functions see them. */
  @Override
  protected void finishAggregation(FullHttpMessage aggregated) {
    // The superclass adds a Content-Length.
  }

  @Override
  protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
    conversation.refuseBody((HttpRequest) oversized);
  }
}
