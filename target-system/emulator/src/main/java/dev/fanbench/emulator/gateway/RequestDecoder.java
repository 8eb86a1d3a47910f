package dev.fanbench.emulator.gateway;

import dev.fanbench.emulator.quota.Quota;
import dev.fanbench.emulator.quota.QuotaCheck;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.DecoderResultProvider;
import io.netty.handler.codec.http.HttpDecoderConfig;
import io.netty.handler.codec.http.HttpRequestDecoder;
import io.netty.handler.codec.http.LastHttpContent;
import java.util.List;

/**
 * Decodes the next request of a connection only when the last one is answered. Bytes that arrive
 * earlier wait undecoded: at most {@value #MOST_WAITING_BYTES} and one read. For its event loop
 * only.
 */
final class RequestDecoder extends HttpRequestDecoder {
  /** The most bytes that are read ahead; the rest waits in the kernel. */
  private static final int MOST_WAITING_BYTES = 32 * 1024;

  private static final int NONE = -1;

  private final HttpConversation conversation;
  private ChannelHandlerContext ctx;
  private boolean incomplete;
  private int ended;

  RequestDecoder(HttpConversation conversation, QuotaCheck quotas) {
    super(
        new HttpDecoderConfig()
            .setMaxInitialLineLength(quotas.of(Quota.HEAD_BYTES))
            .setMaxHeaderSize(quotas.of(Quota.HEAD_BYTES)));
    this.conversation = conversation;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    ctx = added;
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws Exception {
    if (conversation.isEnding()) {
      in.skipBytes(in.readableBytes());
    } else if (conversation.isPaused()) {
      if (in.readableBytes() > MOST_WAITING_BYTES) {
        context.channel().config().setAutoRead(false);
      }
      conversation.sentAhead();
    } else {
      super.decode(context, in, out);
      incomplete = out.isEmpty() || !isEnd(out.get(out.size() - 1));
      if (!incomplete) {
        ended++;
      }
    }
  }

  /** Whether nothing is left to come of a request; nothing is read after a broken one. */
  private static boolean isEnd(Object part) {
    return part instanceof LastHttpContent
        || (part instanceof DecoderResultProvider result && result.decoderResult().isFailure());
  }

  /** Whether a request has begun that is not complete. */
  boolean isIncomplete() {
    return incomplete;
  }

  /** The number of requests that were read completely. */
  int ended() {
    return ended;
  }

  /** The first byte that waits, or -1. */
  int nextByte() {
    ByteBuf waiting = internalBuffer();
    return waiting.isReadable() ? waiting.getByte(waiting.readerIndex()) : NONE;
  }

  /** Goes on with what was sent ahead. Not to be called while a request is handed on. */
  void resume() throws Exception {
    if (internalBuffer().isReadable()) {
      channelRead(ctx, Unpooled.EMPTY_BUFFER);
    }
    if (!conversation.isPaused()) {
      ctx.channel().config().setAutoRead(true);
    }
  }
}
