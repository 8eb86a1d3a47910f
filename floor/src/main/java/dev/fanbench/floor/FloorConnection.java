package dev.fanbench.floor;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.ArrayDeque;

/** One client. It keeps only bytes that could not be read or written at once. */
final class FloorConnection {

  /** Bytes that may wait for a client that does not read; beyond, the client is dropped. */
  static final int MOST_PENDING_BYTES = 16 << 20;

  private static final byte[] NONE = new byte[0];

  final SocketChannel channel;
  final SelectionKey key;
  FloorRoom room;
  int indexInRoom;
  boolean upgraded;
  boolean closeSent;
  boolean deaf;

  private byte[] unread = NONE;
  private ArrayDeque<ByteBuffer> pending;
  private int pendingBytes;

  FloorConnection(SocketChannel channel, SelectionKey key) {
    this.channel = channel;
    this.key = key;
  }

  /** Reads behind what was left unread; false at the end of the stream. */
  boolean read(ByteBuffer into) throws IOException {
    into.clear();
    into.put(unread);
    unread = NONE;
    int count = channel.read(into);
    into.flip();
    return count >= 0;
  }

  /** Keeps what is left of a buffer for the next read. */
  void keep(ByteBuffer rest) {
    if (rest.hasRemaining()) {
      unread = new byte[rest.remaining()];
      rest.get(unread);
    }
  }

  boolean hasPending() {
    return pending != null && !pending.isEmpty();
  }

  /** Copies what could not be written; false when the client has fallen too far behind. */
  boolean queue(ByteBuffer rest) {
    if (pendingBytes + rest.remaining() > MOST_PENDING_BYTES) {
      return false;
    }
    if (pending == null) {
      pending = new ArrayDeque<>();
    }
    pendingBytes += rest.remaining();
    pending.add(ByteBuffer.allocateDirect(rest.remaining()).put(rest).flip());
    key.interestOps(SelectionKey.OP_READ | SelectionKey.OP_WRITE);
    return true;
  }

  /** Writes what is pending, as far as the socket takes it. */
  void writePending(FloorTally counters) throws IOException {
    while (hasPending()) {
      ByteBuffer first = pending.peek();
      counters.queueWritten();
      pendingBytes -= channel.write(first);
      if (first.hasRemaining()) {
        return;
      }
      pending.remove();
    }
    key.interestOps(SelectionKey.OP_READ);
  }
}
