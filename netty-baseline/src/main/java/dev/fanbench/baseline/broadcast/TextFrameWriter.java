package dev.fanbench.baseline.broadcast;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.buffer.ByteBufUtil;
import java.nio.ByteBuffer;

/** Writes text as one unmasked, final WebSocket frame, as servers send it. */
public final class TextFrameWriter {
  private static final int FINAL_TEXT = 0x81;
  private static final int LENGTH_IN_2_BYTES = 126;
  private static final int LENGTH_IN_8_BYTES = 127;
  static final int LONGEST_HEADER_BYTES = 10;

  private TextFrameWriter() {}

  /**
   * The frame, in a direct buffer with one reference, the caller's. Direct, because a heap buffer
   * would be copied into one again for each channel that it is written to.
   */
  public static ByteBuf encode(ByteBufAllocator allocator, String text) {
    int payloadBytes = ByteBufUtil.utf8Bytes(text);
    ByteBuf frame = allocator.directBuffer(LONGEST_HEADER_BYTES + payloadBytes);
    writeHeader(frame, FINAL_TEXT, payloadBytes);
    ByteBufUtil.reserveAndWriteUtf8(frame, text, payloadBytes);
    return frame;
  }

  /** As {@link #encode(ByteBufAllocator, String)}, from bytes that are well-formed UTF-8. */
  static ByteBuf encode(ByteBufAllocator allocator, byte[] utf8) {
    ByteBuf frame = allocator.directBuffer(LONGEST_HEADER_BYTES + utf8.length);
    writeHeader(frame, FINAL_TEXT, utf8.length);
    return frame.writeBytes(utf8);
  }

  /** Writes what comes before the payload. */
  static void writeHeader(ByteBuf frame, int firstByte, int payloadBytes) {
    frame.writeByte(firstByte);
    switch (headerBytes(payloadBytes)) {
      case 2 -> frame.writeByte(payloadBytes);
      case 4 -> frame.writeByte(LENGTH_IN_2_BYTES).writeShort(payloadBytes);
      default -> frame.writeByte(LENGTH_IN_8_BYTES).writeLong(payloadBytes);
    }
  }

  /** The length of the header of a payload of this length. */
  static int headerBytes(int payloadBytes) {
    if (payloadBytes < LENGTH_IN_2_BYTES) {
      return 2;
    }
    return payloadBytes <= 0xffff ? 4 : LONGEST_HEADER_BYTES;
  }

  /** The payload of a frame that was encoded here; a view. */
  static ByteBuffer payload(ByteBuf frame) {
    int headerBytes =
        switch (frame.getByte(frame.readerIndex() + 1)) {
          case LENGTH_IN_2_BYTES -> 4;
          case LENGTH_IN_8_BYTES -> LONGEST_HEADER_BYTES;
          default -> 2;
        };
    return frame.nioBuffer(frame.readerIndex() + headerBytes, frame.readableBytes() - headerBytes);
  }
}
