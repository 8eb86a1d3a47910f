package dev.fanbench.emulator.runtime;

import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPipeline;
import io.netty.handler.codec.http.HttpMessage;
import io.netty.handler.codec.http.HttpObject;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpRequest;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/**
 * Makes whole calls of the Runtime API of their parts. A call with too long a body is refused at
 * once. The rest of its body is read and dropped, because a program that is still sending would
 * find its connection reset and not see the refusal. Then the connection is closed.
 */
final class RuntimeCallAggregator extends HttpObjectAggregator {
  private final RuntimeApiHandler calls;

  /** The refusal of the call whose body is being dropped, or null. */
  private ChannelFuture refusal;

  /**
   * @param mostBytes of a body
   * @param calls refuses a call with a longer one
   */
  RuntimeCallAggregator(int mostBytes, RuntimeApiHandler calls) {
    super(mostBytes);
    this.calls = calls;
  }

  @Override
  protected void decode(ChannelHandlerContext ctx, HttpObject part, List<Object> whole)
      throws Exception {
    super.decode(ctx, part, whole);
    if (refusal != null && part instanceof LastHttpContent) {
      refusal.addListener(ChannelFutureListener.CLOSE);
    }
  }

  /** A body that is too long is not asked for; Netty would refuse it without telling of it. */
  @Override
  protected Object newContinueResponse(
      HttpMessage start, int maxContentLength, ChannelPipeline pipeline) {
    return isContentLengthInvalid(start, maxContentLength)
        ? null
        : super.newContinueResponse(start, maxContentLength, pipeline);
  }

  @Override
  protected void handleOversizedMessage(ChannelHandlerContext ctx, HttpMessage oversized) {
    refusal = calls.refuse(ctx, (HttpRequest) oversized);
    if (HttpUtil.is100ContinueExpected(oversized)) {
      // Such a body does not come after a refusal.
      refusal.addListener(ChannelFutureListener.CLOSE);
    }
  }
}
