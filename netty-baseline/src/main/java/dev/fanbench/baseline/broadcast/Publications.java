package dev.fanbench.baseline.broadcast;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;

/**
 * One publication or several to the same audience, joined into one buffer in their order. Lives for
 * the time of one delivery, on one event loop.
 */
final class Publications implements AutoCloseable {
  private final ByteBuf all;
  private final ByteBuf[] frames;
  private final Subscriber[] excepted;
  private final int count;

  private Publications(ByteBuf all, ByteBuf[] frames, Subscriber[] excepted, int count) {
    this.all = all;
    this.frames = frames;
    this.excepted = excepted;
    this.count = count;
  }

  /** The first {@code count} frames, whose references it takes over, and who gets which not. */
  static Publications join(ByteBuf[] frames, Subscriber[] excepted, int count) {
    for (int i = 0; i < count; i++) {
      if (excepted[i] != null) {
        excepted[i].exceptions++;
      }
    }
    if (count == 1) {
      return new Publications(frames[0], frames, excepted, 1);
    }
    int bytes = 0;
    for (int i = 0; i < count; i++) {
      bytes += frames[i].readableBytes();
    }
    ByteBuf all = frames[0].alloc().directBuffer(bytes);
    for (int i = 0; i < count; i++) {
      all.writeBytes(frames[i], frames[i].readerIndex(), frames[i].readableBytes());
    }
    return new Publications(all, frames, excepted, count);
  }

  /** How many of them a member gets. */
  int copiesFor(Subscriber subscriber) {
    return count - subscriber.exceptions;
  }

  /**
   * Writes to a member what it gets: all at once, or the runs between those that leave it out.
   *
   * @return how many writes that took
   */
  int writeTo(Subscriber subscriber) {
    if (subscriber.exceptions == 0) {
      subscriber.write(all.retainedDuplicate());
      return 1;
    }
    int writes = 0;
    int from = 0;
    int to = 0;
    for (int i = 0; i < count; i++) {
      int end = to + frames[i].readableBytes();
      if (excepted[i] == subscriber) {
        writes += writeRun(subscriber, from, to);
        from = end;
      }
      to = end;
    }
    return writes + writeRun(subscriber, from, to);
  }

  /** Hands over a member's copies one by one, oldest first; their references stay here. */
  void eachFor(Subscriber subscriber, Consumer<ByteBuf> copies) {
    for (int i = 0; i < count; i++) {
      if (excepted[i] != subscriber) {
        copies.accept(frames[i]);
      }
    }
  }

  private int writeRun(Subscriber subscriber, int from, int to) {
    if (from == to) {
      return 0;
    }
    subscriber.write(all.retainedSlice(all.readerIndex() + from, to - from));
    return 1;
  }

  /** Gives the references up. */
  @Override
  public void close() {
    for (int i = 0; i < count; i++) {
      if (excepted[i] != null) {
        excepted[i].exceptions = 0;
      }
      frames[i].release();
    }
    if (count > 1) {
      all.release();
    }
  }
}
