package dev.fanbench.gatling.fleet;

import io.netty.buffer.ByteBuf;

/** Writes a client's frames: final, masked (RFC 6455 §5.3), in one piece. Stateless. */
final class Masking {
  static final int TEXT = 0x81;
  static final int BINARY = 0x82;
  static final int CLOSE = 0x88;
  static final int PONG = 0x8a;

  /** Two bytes, at most eight of length, four of mask. */
  static final int MAX_HEADER_BYTES = 14;

  private Masking() {}

  /** The first byte of a whole message. */
  static int opcode(boolean binary) {
    return binary ? BINARY : TEXT;
  }

  /** Masks {@code payload[0, length)} in place, and appends header and payload to {@code out}. */
  static void append(ByteBuf out, int firstByte, byte[] payload, int length, int mask) {
    out.writeByte(firstByte);
    if (length < 126) {
      out.writeByte(0x80 | length);
    } else if (length <= 0xffff) {
      out.writeByte(0x80 | 126).writeShort(length);
    } else {
      out.writeByte(0x80 | 127).writeLong(length);
    }
    out.writeInt(mask);
    for (int i = 0; i < length; i++) {
      payload[i] ^= (byte) (mask >>> (24 - 8 * (i & 3)));
    }
    out.writeBytes(payload, 0, length);
  }
}
