package dev.fanbench.baseline.broadcast;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Copies that wait for one slow subscriber outside its channel, oldest first. Belongs to the
 * channel's event loop.
 */
final class Backlog {
  /** The bytes that the channel counts for an entry, beside its length. */
  private static final int ENTRY_BYTES = 96;

  private final DeliveryCounter counters;
  private final Deque<ByteBuf> copies = new ArrayDeque<>();
  private int bytes;

  Backlog(DeliveryCounter counters) {
    this.counters = counters;
  }

  boolean isEmpty() {
    return copies.isEmpty();
  }

  /** Keeps this copy and no other; the reference stays the caller's. */
  void keepLatest(ByteBuf copy) {
    counters.countConflated(discard());
    add(copy);
  }

  /** Keeps this copy too, if that is no more than the bound; the reference stays the caller's. */
  void keepWithin(int mostBytes, ByteBuf copy) {
    if (bytes + (long) size(copy) > mostBytes) {
      counters.countWithheld(1);
    } else {
      add(copy);
    }
  }

  /** Writes the oldest copies, all that there are or all that the channel takes. */
  void writeTo(ChannelHandlerContext encoder, boolean all) {
    int written = 0;
    while (!copies.isEmpty() && (all || encoder.channel().isWritable())) {
      encoder.write(remove(), encoder.voidPromise());
      written++;
    }
    encoder.flush();
    counters.countSent(written, 1);
  }

  /** Forgets all of it, since the connection has ended. */
  void withhold() {
    counters.countWithheld(discard());
  }

  private int discard() {
    int discarded = copies.size();
    while (!copies.isEmpty()) {
      remove().release();
    }
    return discarded;
  }

  private void add(ByteBuf copy) {
    copies.add(copy.retainedDuplicate());
    count(size(copy));
  }

  private ByteBuf remove() {
    ByteBuf oldest = copies.remove();
    count(-size(oldest));
    return oldest;
  }

  private void count(int more) {
    bytes += more;
    counters.countBuffered(more);
  }

  private static int size(ByteBuf copy) {
    return copy.readableBytes() + ENTRY_BYTES;
  }
}
