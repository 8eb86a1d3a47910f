package dev.fanbench.baseline;

import io.netty.buffer.ByteBuf;
import java.util.Optional;

/**
 * The binary form of request and response: a flag, for most flags a request's id in 8 bytes, and a
 * body. Every request is answered with its own body.
 */
final class BinaryRequests {
  private static final byte RESPONSE = 0x00;
  private static final byte REQUEST = 0x01;
  private static final byte NOTICE = (byte) 0xff;
  private static final int HEADER_BYTES = 1 + Long.BYTES;

  private BinaryRequests() {}

  /** Whether the frame can be read at all; one that cannot is counted and changes nothing. */
  static boolean isWellFormed(ByteBuf frame) {
    if (!frame.isReadable()) {
      return false;
    }
    byte flag = frame.getByte(frame.readerIndex());
    return flag == NOTICE
        || ((flag == REQUEST || flag == RESPONSE) && frame.readableBytes() >= HEADER_BYTES);
  }

  /**
   * The answer to a well-formed frame, in a buffer of the caller's, or empty if it wants none.
   * Responses are ignored: this server asks nothing.
   */
  static Optional<ByteBuf> answer(ByteBuf frame) {
    int start = frame.readerIndex();
    if (frame.getByte(start) != REQUEST) {
      return Optional.empty();
    }
    ByteBuf answer = frame.copy();
    return Optional.of(answer.setByte(answer.readerIndex(), RESPONSE));
  }
}
