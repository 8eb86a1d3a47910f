package dev.fanbench.baseline.nodes;

import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * Publications on their way between nodes: a version byte, the number of the node, the number of
 * the first publication at this node. Each publication follows with its length and its text in
 * UTF-8. Numbers are big-endian and of 8 bytes, lengths of 4.
 */
final class NodeEnvelope {
  /** The version that had one publication in a message was 1. */
  static final byte VERSION = 2;

  private static final int HEADER_BYTES = 1 + 2 * Long.BYTES;

  /** A message of 128 KB can grow sixfold when its characters are escaped. */
  static final int MOST_TEXT_BYTES = 1024 * 1024;

  private static final int MOST_BYTES = HEADER_BYTES + Integer.BYTES + MOST_TEXT_BYTES;

  private final long node;
  private final long firstSequence;
  private final List<byte[]> texts;

  /**
   * @param node random, drawn when the node starts
   * @param firstSequence from 1, growing by one with each publication of the node
   * @param texts in UTF-8, as clients get them; at least one; not copied, and not changed from now
   *     on
   */
  NodeEnvelope(long node, long firstSequence, List<byte[]> texts) {
    this.node = node;
    this.firstSequence = firstSequence;
    this.texts = Collections.unmodifiableList(texts);
  }

  long node() {
    return node;
  }

  long firstSequence() {
    return firstSequence;
  }

  long lastSequence() {
    return firstSequence + texts.size() - 1;
  }

  /** The texts in the order of their publication, at least one. */
  List<byte[]> texts() {
    return texts;
  }

  /** The bytes for Redis. */
  byte[] encode() {
    int textBytes = 0;
    for (byte[] text : texts) {
      textBytes += Integer.BYTES + text.length;
    }
    ByteBuffer bytes =
        ByteBuffer.allocate(HEADER_BYTES + textBytes)
            .put(VERSION)
            .putLong(node)
            .putLong(firstSequence);
    for (byte[] text : texts) {
      bytes.putInt(text.length).put(text);
    }
    return bytes.array();
  }

  /**
   * Reads what came from Redis.
   *
   * @param message of any content
   * @return empty if {@link #encode()} did not write it, or if it is longer than allowed
   */
  static Optional<NodeEnvelope> decode(byte[] message) {
    if (message.length < HEADER_BYTES || message.length > MOST_BYTES || message[0] != VERSION) {
      return Optional.empty();
    }
    ByteBuffer bytes = ByteBuffer.wrap(message, 1, message.length - 1);
    long node = bytes.getLong();
    long firstSequence = bytes.getLong();
    List<byte[]> texts = new ArrayList<>();
    while (bytes.hasRemaining()) {
      int length = bytes.remaining() < Integer.BYTES ? -1 : bytes.getInt();
      if (length < 0 || length > bytes.remaining()) {
        return Optional.empty();
      }
      byte[] text = new byte[length];
      bytes.get(text);
      if (!isUtf8(text)) {
        return Optional.empty();
      }
      texts.add(text);
    }
    return firstSequence > 0 && !texts.isEmpty()
        ? Optional.of(new NodeEnvelope(node, firstSequence, texts))
        : Optional.empty();
  }

  private static boolean isUtf8(byte[] text) {
    return ByteBufUtil.isText(Unpooled.wrappedBuffer(text), StandardCharsets.UTF_8);
  }
}
