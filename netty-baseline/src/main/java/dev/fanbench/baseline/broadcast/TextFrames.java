package dev.fanbench.baseline.broadcast;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;

/** Writes text as one unmasked, final WebSocket frame, as servers send it. */
public final class TextFrames {
  private static final int FINAL_TEXT = 0x81;
  private static final int LENGTH_IN_2_BYTES = 126;
  private static final int LENGTH_IN_8_BYTES = 127;
  private static final int LONGEST_HEADER_BYTES = 10;

  private TextFrames() {}

  /**
   * The frame, in a direct buffer with one reference, the caller's. Direct, because a heap buffer
   * would be copied into one again for each channel that it is written to.
   */
  public static ByteBuf encode(ByteBufAllocator allocator, String text) {
    int payloadBytes = ByteBufUtil.utf8Bytes(text);
    ByteBuf frame = allocator.directBuffer(LONGEST_HEADER_BYTES + payloadBytes);
    frame.writeByte(FINAL_TEXT);
    if (payloadBytes < LENGTH_IN_2_BYTES) {
      frame.writeByte(payloadBytes);
    } else if (payloadBytes <= 0xffff) {
      frame.writeByte(LENGTH_IN_2_BYTES).writeShort(payloadBytes);
    } else {
      frame.writeByte(LENGTH_IN_8_BYTES).writeLong(payloadBytes);
    }
    ByteBufUtil.reserveAndWriteUtf8(frame, text, payloadBytes);
    return frame;
  }
}
