package dev.fanbench.emulator.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.util.concurrent.FastThreadLocal;
import java.nio.ByteBuffer;
import java.util.zip.Deflater;

/**
 * Deflates messages (RFC 7692, section 7.2.1) within any window, for clients of any agreement. The
 * JDK's deflater has a window of 32 KB and no other, so it is made to forget after each window's
 * length: then no distance is longer. No message refers to another, which no agreement demands, and
 * one deflater of some 260 KB serves all clients of an event loop. For event loops only.
 */
final class MessageDeflater {
  /** Bytes of {@link Deflater#FULL_FLUSH} at the end, which a frame leaves out. */
  private static final int TAIL_BYTES = 4;

  private static final int FIRST_BYTES = 64;

  private static final FastThreadLocal<Deflater> DEFLATER =
      new FastThreadLocal<>() {
        @Override
        protected Deflater initialValue() {
          return new Deflater(Deflater.DEFAULT_COMPRESSION, true);
        }

        @Override
        protected void onRemoval(Deflater deflater) {
          deflater.end();
        }
      };

  private MessageDeflater() {}

  /**
   * A message, deflated; the caller releases it.
   *
   * @param message not empty; stays as it is
   * @param windowBits 8 to 15
   */
  static ByteBuf deflate(ByteBufAllocator allocator, ByteBuf message, int windowBits) {
    Deflater deflater = DEFLATER.get();
    deflater.reset();
    ByteBuffer rest = message.nioBuffer();
    ByteBuf deflated = allocator.directBuffer(FIRST_BYTES + message.readableBytes() / 2);
    while (rest.hasRemaining()) {
      int length = Math.min(1 << windowBits, rest.remaining());
      deflater.setInput(rest.slice(rest.position(), length));
      rest.position(rest.position() + length);
      flush(deflater, deflated);
    }
    return deflated.writerIndex(deflated.writerIndex() - TAIL_BYTES);
  }

  private static void flush(Deflater deflater, ByteBuf into) {
    boolean full = true;
    while (full) {
      into.ensureWritable(FIRST_BYTES);
      int room = into.writableBytes();
      int more = deflater.deflate(into.nioBuffer(into.writerIndex(), room), Deflater.FULL_FLUSH);
      into.writerIndex(into.writerIndex() + more);
      full = more == room;
    }
  }
}
