package dev.fanbench.emulator.gateway;

import dev.fanbench.emulator.quota.Quota;
import dev.fanbench.emulator.quota.QuotaCheck;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.handler.codec.http.websocketx.WebSocket13FrameDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketDecoderConfig;
import java.util.List;

/**
 * Decodes the frames of one client, and none while it is paused. Bytes that were read before the
 * pause stay undecoded, at most one read. The rest waits in the kernel until the client can send no
 * more. For its event loop only.
 */
final class FrameReader extends WebSocket13FrameDecoder {
  private ChannelHandlerContext ctx;
  private boolean paused;
  private boolean reading;

  /**
   * The reader of a client.
   *
   * @param extensions whether frames may have reserved bits, which are then another handler's
   */
  FrameReader(QuotaCheck quotas, boolean extensions) {
    super(
        WebSocketDecoderConfig.newBuilder()
            .maxFramePayloadLength(quotas.of(Quota.FRAME_BYTES))
            .expectMaskedFrames(true)
            .allowExtensions(extensions)
            .closeOnProtocolViolation(false)
            .withUTF8Validator(false)
            .build());
  }

  @Override
  public void handlerAdded(ChannelHandlerContext added) {
    ctx = added;
  }

  /**
   * Takes no further frame, not even one that was read already.
   *
   * @return whether it took frames before
   */
  boolean pause() {
    boolean first = !paused;
    paused = true;
    if (first) {
      ctx.channel().config().setAutoRead(false);
    }
    return first;
  }

  /** Takes frames again, first those that were read already. */
  void resume() {
    if (!paused) {
      return;
    }
    paused = false;
    if (!reading && internalBuffer().isReadable()) {
      try {
        channelRead(ctx, Unpooled.EMPTY_BUFFER);
      } catch (Exception broken) {
        ctx.fireExceptionCaught(broken);
      }
    }
    if (!paused) {
      ctx.channel().config().setAutoRead(true);
    }
  }

  @Override
  public void channelRead(ChannelHandlerContext context, Object bytes) throws Exception {
    reading = true;
    try {
      super.channelRead(context, bytes);
    } finally {
      reading = false;
    }
  }

  @Override
  protected void decode(ChannelHandlerContext context, ByteBuf in, List<Object> out)
      throws Exception {
    if (!paused) {
      super.decode(context, in, out);
    }
  }

  /** The superclass asks for more when nothing was decoded, which is what a pause is for. */
  @Override
  public void channelReadComplete(ChannelHandlerContext context) throws Exception {
    if (paused) {
      context.fireChannelReadComplete();
    } else {
      super.channelReadComplete(context);
    }
  }
}
