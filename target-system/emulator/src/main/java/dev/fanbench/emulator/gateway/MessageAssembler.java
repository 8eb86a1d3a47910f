package dev.fanbench.emulator.gateway;

import io.netty.buffer.ByteBuf;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Puts the frames of one message together. One per connection, for its event loop only. */
final class MessageAssembler {
  private final int maxBytes;
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream(0);

  MessageAssembler(int maxBytes) {
    this.maxBytes = maxBytes;
  }

  /** Takes the next frame of a message; false if the message is too long with it. */
  boolean add(ByteBuf frame) {
    if (bytes.size() + frame.readableBytes() > maxBytes) {
      return false;
    }
    bytes.writeBytes(copy(frame));
    return true;
  }

  /** Bytes taken so far. */
  int size() {
    return bytes.size();
  }

  /**
   * The whole message; the next frame starts another.
   *
   * @throws CharacterCodingException if it is no UTF-8
   */
  String text() throws CharacterCodingException {
    byte[] whole = bytes.toByteArray();
    bytes.reset();
    return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(whole)).toString();
  }

  private static byte[] copy(ByteBuf frame) {
    byte[] copy = new byte[frame.readableBytes()];
    frame.getBytes(frame.readerIndex(), copy);
    return copy;
  }
}
