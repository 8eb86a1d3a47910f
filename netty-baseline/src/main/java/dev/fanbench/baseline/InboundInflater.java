package dev.fanbench.baseline;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.handler.codec.TooLongFrameException;
import io.netty.handler.codec.http.websocketx.BinaryWebSocketFrame;
import io.netty.handler.codec.http.websocketx.CorruptedWebSocketFrameException;
import io.netty.handler.codec.http.websocketx.TextWebSocketFrame;
import io.netty.handler.codec.http.websocketx.WebSocketCloseStatus;
import io.netty.handler.codec.http.websocketx.WebSocketFrame;
import io.netty.util.concurrent.FastThreadLocal;
import java.nio.ByteBuffer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Inflates whole messages that came deflated (RFC 7692, section 7.2.2), and stops as soon as one
 * grows over the limit, whatever it would become. One inflater serves an event loop, as clients
 * agreed not to refer to earlier messages.
 */
final class InboundInflater extends ChannelInboundHandlerAdapter {
  /** The end of the sender's flush, which its frame leaves out. */
  private static final byte[] TAIL = {0, 0, (byte) 0xff, (byte) 0xff};

  private static final int FIRST_BYTES = 1_024;

  private static final FastThreadLocal<Inflater> INFLATER =
      new FastThreadLocal<>() {
        @Override
        protected Inflater initialValue() {
          return new Inflater(true);
        }

        @Override
        protected void onRemoval(Inflater inflater) {
          inflater.end();
        }
      };

  private final int mostBytes;

  /**
   * @param mostBytes the longest message that is taken, inflated
   */
  InboundInflater(int mostBytes) {
    this.mostBytes = mostBytes;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    if (!(message instanceof WebSocketFrame frame) || frame.rsv() != ReservedBitCheck.DEFLATED) {
      ctx.fireChannelRead(message);
      return;
    }
    ByteBuf inflated = ctx.alloc().directBuffer(Math.min(FIRST_BYTES, mostBytes));
    try {
      inflate(frame.content().nioBuffer(), inflated);
      ctx.fireChannelRead(
          frame instanceof TextWebSocketFrame
              ? new TextWebSocketFrame(inflated.retain())
              : new BinaryWebSocketFrame(inflated.retain()));
    } catch (DataFormatException broken) {
      ctx.fireExceptionCaught(
          new CorruptedWebSocketFrameException(
              WebSocketCloseStatus.INVALID_PAYLOAD_DATA, broken.getMessage()));
    } catch (TooLongFrameException bomb) {
      ctx.fireExceptionCaught(bomb);
    } finally {
      inflated.release();
      frame.release();
    }
  }

  private void inflate(ByteBuffer deflated, ByteBuf into) throws DataFormatException {
    Inflater inflater = INFLATER.get();
    inflater.reset();
    inflater.setInput(deflated);
    drain(inflater, into);
    if (!inflater.finished()) {
      inflater.setInput(TAIL);
      drain(inflater, into);
    } else if (inflater.getRemaining() > 1) {
      // A sender may end the stream; what follows is the one byte of an empty block.
      throw new DataFormatException("something behind the end of the stream");
    }
  }

  private void drain(Inflater inflater, ByteBuf into) throws DataFormatException {
    while (!inflater.finished()) {
      into.ensureWritable(1);
      int room = Math.min(into.writableBytes(), mostBytes + 1 - into.readableBytes());
      int more = inflater.inflate(into.nioBuffer(into.writerIndex(), room));
      into.writerIndex(into.writerIndex() + more);
      if (into.readableBytes() > mostBytes) {
        throw new TooLongFrameException("a message of over %d bytes".formatted(mostBytes));
      }
      if (more < room || inflater.needsDictionary()) {
        return;
      }
    }
  }
}
