package dev.fanbench.baseline.broadcast;

import io.netty.buffer.ByteBuf;
import io.netty.util.concurrent.FastThreadLocal;
import java.nio.ByteBuffer;
import java.util.zip.Deflater;

/**
 * Deflates text frames (RFC 7692, section 7.2.1) without context. So one frame serves all members
 * with {@code server_no_context_takeover}. Any thread; each has a deflater of its own, about 256
 * KB.
 */
public final class FrameDeflater {
  private static final int FINAL_DEFLATED_TEXT = 0xc1;

  /** The end of a flush, which a frame leaves out. */
  private static final int TAIL_BYTES = 4;

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

  private FrameDeflater() {}

  /**
   * The same text deflated, in a direct buffer with one reference, the caller's; null if that would
   * be no shorter.
   */
  public static ByteBuf of(ByteBuf plain) {
    ByteBuffer text = TextFrameWriter.payload(plain);
    int textBytes = text.remaining();
    ByteBuf frame =
        plain.alloc().directBuffer(TextFrameWriter.LONGEST_HEADER_BYTES + textBytes + TAIL_BYTES);
    Deflater deflater = DEFLATER.get();
    deflater.reset();
    deflater.setInput(text);
    ByteBuffer room = frame.nioBuffer(TextFrameWriter.LONGEST_HEADER_BYTES, textBytes + TAIL_BYTES);
    // A flush that leaves no room may have more to say, but then nothing is gained anyway.
    int payloadBytes = deflater.deflate(room, Deflater.SYNC_FLUSH) - TAIL_BYTES;
    if (payloadBytes >= textBytes) {
      frame.release();
      return null;
    }
    int start = TextFrameWriter.LONGEST_HEADER_BYTES - TextFrameWriter.headerBytes(payloadBytes);
    frame.setIndex(start, start);
    TextFrameWriter.writeHeader(frame, FINAL_DEFLATED_TEXT, payloadBytes);
    return frame.writerIndex(TextFrameWriter.LONGEST_HEADER_BYTES + payloadBytes);
  }
}
