package dev.fanbench.emulator.gateway;

import dev.fanbench.emulator.quota.Quota;
import dev.fanbench.emulator.quota.QuotaCheck;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.FullHttpMessage;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpResponseStatus;

/** Collects a request's body, and refuses one that is too long in the words of AWS. */
final class PostCollector extends HttpObjectAggregator {

  private final QuotaCheck quotas;

  PostCollector(QuotaCheck quotas) {
    super(quotas.of(Quota.POST_BYTES));
    this.quotas = quotas;
  }

  /** Leaves the headers as the client sent them; functions see them. */
  @Override
  protected void finishAggregation(FullHttpMessage aggregated) {
    // The superclass adds a Content-Length.
  }

  @Override
  protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
    quotas.hit(Quota.POST_BYTES);
    HttpAnswers.error(
        ctx,
        HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE,
        "PayloadTooLargeException",
        HttpAnswers.message("Message too long"));
  }
}
