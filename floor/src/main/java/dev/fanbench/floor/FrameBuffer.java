package dev.fanbench.floor;

import java.nio.ByteBuffer;

/**
 * The one direct buffer that every outgoing frame is built in, once, however many will get it.
 * Server frames are not masked (RFC 6455, section 5.1).
 */
final class FrameBuffer {

  static final int TEXT = 0x1;
  static final int CLOSE = 0x8;
  static final int PING = 0x9;
  static final int PONG = 0xA;

  private static final int FINAL = 0x80;
  private static final int LONGEST_HEAD = 10;

  private final ByteBuffer bytes;

  FrameBuffer(int mostPayloadBytes) {
    bytes = ByteBuffer.allocateDirect(LONGEST_HEAD + mostPayloadBytes);
  }

  /** Starts a frame whose payload of this length will be put next. */
  FrameBuffer begin(int opcode, int payloadBytes) {
    bytes.clear();
    bytes.put((byte) (FINAL | opcode));
    if (payloadBytes < 126) {
      bytes.put((byte) payloadBytes);
    } else if (payloadBytes < 65_536) {
      bytes.put((byte) 126).putShort((short) payloadBytes);
    } else {
      bytes.put((byte) 127).putLong(payloadBytes);
    }
    return this;
  }

  FrameBuffer put(byte[] part) {
    bytes.put(part);
    return this;
  }

  FrameBuffer put(ByteBuffer source, int from, int length) {
    bytes.put(bytes.position(), source, from, length);
    bytes.position(bytes.position() + length);
    return this;
  }

  FrameBuffer putShort(int value) {
    bytes.putShort((short) value);
    return this;
  }

  /** Ends the frame. */
  void end() {
    bytes.flip();
  }

  /** The whole frame, to be written once more. */
  ByteBuffer again() {
    return bytes.position(0);
  }
}
