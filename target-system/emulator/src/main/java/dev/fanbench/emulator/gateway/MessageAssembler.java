package dev.fanbench.emulator.gateway;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Puts the frames of one message together. One per connection, for its event loop only. Between
 * messages it keeps no bytes: connections that have sent a large message once would keep it for
 * hours.
 */
final class MessageAssembler {
  private static final byte[] NONE = {};

  private final int maxBytes;
  private byte[] bytes = NONE;
  private int size;

  MessageAssembler(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Takes the next frame of a message; false if the message is too long with it. */
  boolean add(ByteBuf frame) {
    int more = frame.readableBytes();
    if (size + more > maxBytes) {
      return false;
    }
    if (size + more > bytes.length) {
      // A message of one frame, as most are, has an array of its own length.
      int length = size == 0 ? more : Math.min(maxBytes, Math.max(size + more, 2 * size));
      bytes = Arrays.copyOf(bytes, length);
    }
    frame.getBytes(frame.readerIndex(), bytes, size, more);
    size += more;
    return true;
  }

  /** Bytes taken so far. */
  int size() {
    return size;
  }

  /** Bytes of memory that are kept for frames. */
  int keptBytes() {
    return bytes.length;
  }

  /**
   * The whole message; the next frame starts another.
   *
   * @throws CharacterCodingException if it is no UTF-8
   */
  String text() throws CharacterCodingException {
    return StandardCharsets.UTF_8.newDecoder().decode(take()).toString();
  }

  /** The bytes of the whole message; the next frame starts another. */
  ByteBuffer take() {
    ByteBuffer whole = ByteBuffer.wrap(bytes, 0, size);
    bytes = NONE;
    size = 0;
    return whole;
  }
}
