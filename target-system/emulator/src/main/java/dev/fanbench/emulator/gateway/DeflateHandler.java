package dev.fanbench.emulator.gateway;

import dev.fanbench.emulator.quota.Quota;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelDuplexHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelPromise;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.ContinuationWebSocketFrame;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;

/**
 * Inflates and deflates the messages of a client that agreed to permessage-deflate; the handlers
 * behind it see plain text. A deflated message is put together before it is inflated, and inflating
 * stops at the first byte over {@link Quota#MESSAGE_BYTES}. Texts that would not become shorter go
 * out plain, and so do control frames. For the client's event loop only.
 */
final class DeflateHandler extends ChannelDuplexHandler {
  /** The first of the three reserved bits (RFC 7692, section 6). */
  private static final int DEFLATED = 0b100;

  private static final int FIRST_BYTES = 1_024;
  private static final int PROTOCOL_ERROR = 1_002;

  private final Gateway gateway;
  private final ClientConnection client;
  private final int windowBits;
  private final int messageBytes;
  private final MessageInflater inflater;

  /** The frames of a deflated message so far. */
  private final MessageAssembler deflated;

  private boolean isFragmented;

  DeflateHandler(Gateway gateway, ClientConnection client, DeflateAgreement agreed) {
    this.gateway = gateway;
    this.client = client;
    this.windowBits = agreed.serverWindowBits();
    this.messageBytes = gateway.quotas.of(Quota.MESSAGE_BYTES);
    this.inflater = new MessageInflater(messageBytes, agreed.contextBytes());
    // Text that cannot be deflated becomes an eighth longer at most; flushes of its fragments add.
    this.deflated = new MessageAssembler(messageBytes + messageBytes / 4);
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!(message instanceof WebSocketFrame frame) || client.isClosing()) {
      ctx.fireChannelRead(message);
    } else if (frame.rsv() != 0 && !beginsDeflated(frame)) {
      frame.release();
      ctx.fireUserEventTriggered(CloseRequest.protocolError(PROTOCOL_ERROR));
    } else if (frame instanceof TextWebSocketFrame && frame.rsv() == DEFLATED) {
      take(ctx, frame);
    } else if (isFragmented && frame instanceof ContinuationWebSocketFrame) {
      take(ctx, frame);
    } else {
      ctx.fireChannelRead(frame);
    }
  }

  private static boolean beginsDeflated(WebSocketFrame frame) {
    return frame.rsv() == DEFLATED
        && (frame instanceof TextWebSocketFrame || frame instanceof BinaryWebSocketFrame);
  }

  private void take(ChannelHandlerContext ctx, WebSocketFrame frame) {
    try {
      if (frame.isFinalFragment() && !isFragmented) {
        inflate(ctx, frame.content().nioBuffer());
      } else if (!deflated.add(frame.content())) {
        ctx.fireUserEventTriggered(CloseRequest.LONG_MESSAGE);
      } else {
        isFragmented = !frame.isFinalFragment();
        if (!isFragmented) {
          inflate(ctx, deflated.take());
        }
      }
    } finally {
      frame.release();
    }
  }

  private void inflate(ChannelHandlerContext ctx, ByteBuffer message) {
    ByteBuf text = ctx.alloc().directBuffer(Math.min(FIRST_BYTES, messageBytes));
    int keptBefore = inflater.keptBytes();
    try {
      inflater.inflate(message, text);
      gateway.figures.deflateContextBytes.add(inflater.keptBytes() - keptBefore);
      ctx.fireChannelRead(new TextWebSocketFrame(text.retain()));
    } catch (DataFormatException broken) {
      ctx.fireUserEventTriggered(CloseRequest.NOT_DEFLATED);
    } catch (TooLongFrameException bomb) {
      ctx.fireUserEventTriggered(CloseRequest.LONG_MESSAGE);
    } finally {
      text.release();
    }
  }

  @Override
  public void write(ChannelHandlerContext ctx, Object message, ChannelPromise promise) {
    ctx.write(message instanceof TextWebSocketFrame text ? shorter(ctx, text) : message, promise);
  }

  private TextWebSocketFrame shorter(ChannelHandlerContext ctx, TextWebSocketFrame text) {
    ByteBuf plain = text.content();
    if (!plain.isReadable()) {
      return text;
    }
    ByteBuf out = MessageDeflater.deflate(ctx.alloc(), plain, windowBits);
    if (out.readableBytes() < plain.readableBytes()) {
      text.release();
      return new TextWebSocketFrame(true, DEFLATED, out);
    }
    out.release();
    return text;
  }

  @Override
  public void handlerRemoved(ChannelHandlerContext ctx) {
    gateway.figures.deflateContextBytes.add(-inflater.keptBytes());
  }
}
