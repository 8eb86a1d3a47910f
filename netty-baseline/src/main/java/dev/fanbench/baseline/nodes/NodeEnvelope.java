package dev.fanbench.baseline.nodes;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * A publication on its way between nodes: a version byte, the number of the node, the number of the
 * publication at this node, and the text in UTF-8. Numbers are big-endian and of 8 bytes.
 */
final class NodeEnvelope {
  private static final byte VERSION = 1;
  private static final int HEADER_BYTES = 1 + 2 * Long.BYTES;

  /** A message of 128 KB can grow sixfold when its characters are escaped. */
  static final int MOST_TEXT_BYTES = 1024 * 1024;

  private final long node;
  private final long sequence;
  private final byte[] utf8;

  /**
   * @param node random, drawn when the node starts
   * @param sequence from 1, growing with each publication of the node
   * @param utf8 the text, as clients get it; not copied
   */
  NodeEnvelope(long node, long sequence, byte[] utf8) {
    this.node = node;
    this.sequence = sequence;
    this.utf8 = utf8;
  }

  long node() {
    return node;
  }

  long sequence() {
    return sequence;
  }

  byte[] utf8() {
    return utf8;
  }

  /** The bytes for Redis. */
  byte[] encode() {
    return ByteBuffer.allocate(HEADER_BYTES + utf8.length)
        .put(VERSION)
        .putLong(node)
        .putLong(sequence)
        .put(utf8)
        .array();
  }

  /**
   * Reads what came from Redis.
   *
   * @param message of any content
   * @return empty if {@link #encode()} did not write it, or if it is longer than allowed
   */
  static Optional<NodeEnvelope> decode(byte[] message) {
    if (message.length < HEADER_BYTES
        || message.length > HEADER_BYTES + MOST_TEXT_BYTES
        || message[0] != VERSION) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(message, 1, message.length - 1);
    long node = bytes.getLong();
    long sequence = bytes.getLong();
    byte[] text = new byte[bytes.remaining()];
    bytes.get(text);
    return sequence > 0 && isUtf8(text)
        ? Optional.of(new NodeEnvelope(node, sequence, text))
        : Optional.empty();
  }

  private static boolean isUtf8(byte[] text) {
    return ByteBufUtil.isText(Unpooled.wrappedBuffer(text), StandardCharsets.UTF_8);
  }
}
