package dev.fanbench.baseline.broadcast;

import io.netty.buffer.ByteBuf;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * One publication or several to the same audience, joined into one buffer in their order. Lives for
 * the time of one delivery, on one event loop.
 */
final class JoinedPublication implements AutoCloseable {
  private final OutgoingPublication all;
  private final OutgoingPublication[] frames;
  private final Subscriber[] excepted;
  private final int count;

  private JoinedPublication(
      OutgoingPublication all, OutgoingPublication[] frames, Subscriber[] excepted, int count) {
    this.all = all;
    this.frames = frames;
    this.excepted = excepted;
    this.count = count;
  }

  /** The first {@code count} frames, whose references it takes over, and who gets which not. */
  static JoinedPublication join(OutgoingPublication[] frames, Subscriber[] excepted, int count) {
    boolean deflated = false;
    for (int i = 0; i < count; i++) {
      if (excepted[i] != null) {
        excepted[i].exceptions++;
      }
      deflated |= frames[i].isDeflated();
    }
    if (count == 1) {
      return new JoinedPublication(frames[0], frames, excepted, 1);
    }
    ByteBuf plain = joined(frames, count, OutgoingPublication::plain);
    OutgoingPublication all =
        new OutgoingPublication(
            plain, deflated ? joined(frames, count, OutgoingPublication::shortest) : null);
    return new JoinedPublication(all, frames, excepted, count);
  }

  private static ByteBuf joined(
      OutgoingPublication[] frames, int count, Function<OutgoingPublication, ByteBuf> form) {
    int bytes = 0;
    for (int i = 0; i < count; i++) {
      bytes += form.apply(frames[i]).readableBytes();
    }
    ByteBuf all = frames[0].plain().alloc().directBuffer(bytes);
    for (int i = 0; i < count; i++) {
      ByteBuf frame = form.apply(frames[i]);
      all.writeBytes(frame, frame.readerIndex(), frame.readableBytes());
    }
    return all;
  }

  /** The number of copies for a member. */
  int copiesFor(Subscriber subscriber) {
    return count - subscriber.exceptions;
  }

  /**
   * Writes a member's copies: all at once, or the runs between publications that leave it out.
   *
   * @return the number of writes
   */
  int writeTo(Subscriber subscriber) {
    if (subscriber.exceptions == 0) {
      subscriber.write(all.of(subscriber).retainedDuplicate());
      return 1;
    }
    int writes = 0;
    int from = 0;
    int to = 0;
    for (int i = 0; i < count; i++) {
      int end = to + frames[i].of(subscriber).readableBytes();
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
        copies.accept(frames[i].of(subscriber));
      }
    }
  }

  private int writeRun(Subscriber subscriber, int from, int to) {
    if (from == to) {
      return 0;
    }
    ByteBuf joined = all.of(subscriber);
    subscriber.write(joined.retainedSlice(joined.readerIndex() + from, to - from));
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
