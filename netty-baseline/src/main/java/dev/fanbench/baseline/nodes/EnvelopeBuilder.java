package dev.fanbench.baseline.nodes;

import java.util.ArrayList;
import java.util.List;

/**
 * Collects publications of one node that follow one another to one channel, for one message. So the
 * cost of a message, in both nodes and in Redis, is that of a flood and not of each publication in
 * it. For one thread.
 */
final class EnvelopeBuilder {
  /** Longer messages would save little, and keep Redis from others. */
  static final int MOST_JOINED_BYTES = 64 * 1024;

  private final String channel;
  private final List<byte[]> texts = new ArrayList<>();
  private int textBytes;
  private long pendingBytes;

  /** A builder of a message to this channel. */
  EnvelopeBuilder(String channel) {
    this.channel = channel;
  }

  String channel() {
    return channel;
  }

  /** Publications so far. */
  int count() {
    return texts.size();
  }

  /** The bytes that the publications so far have waited with. */
  long pendingBytes() {
    return pendingBytes;
  }

  /** Whether this text may be the next one in the message. The first one may be longer. */
  boolean takes(String channel, byte[] utf8) {
    return this.channel.equals(channel)
        && (texts.isEmpty() || textBytes + bytes(utf8) <= MOST_JOINED_BYTES);
  }

  void add(byte[] utf8, long waitingBytes) {
    texts.add(utf8);
    textBytes += bytes(utf8);
    pendingBytes += waitingBytes;
  }

  private static int bytes(byte[] utf8) {
    return Integer.BYTES + utf8.length;
  }

  NodeEnvelope build(long node, long firstSequence) {
    return new NodeEnvelope(node, firstSequence, texts);
  }
}
