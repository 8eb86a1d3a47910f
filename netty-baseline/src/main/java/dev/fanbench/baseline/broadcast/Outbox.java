package dev.fanbench.baseline.broadcast;

import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import java.util.Arrays;
import java.util.concurrent.RejectedExecutionException;

/**
 * The publications that an event loop has accepted for one audience and not yet written. Those that
 * arrive while the loop reads its sockets are joined: each member gets them by one write and one
 * system call.
 *
 * <p>They are written as soon as the loop has read its ready sockets, so nothing waits for a timer.
 * {@link #flush} writes them earlier, to keep an order: before a publication to another audience, a
 * text to one subscriber, a Close, and a change of the audience. The members at the time of a
 * publication get it.
 *
 * <p>One for each event loop, used by that loop's thread alone.
 */
final class Outbox implements Runnable {
  /** Joined frames of more bytes would only fill socket buffers. */
  static final int MOST_BYTES = 64 * 1024;

  private static final FastThreadLocal<Outbox> OF_LOOP =
      new FastThreadLocal<>() {
        @Override
        protected Outbox initialValue() {
          return new Outbox();
        }
      };

  private LoopMemberList audience;
  private OutgoingPublication[] frames = new OutgoingPublication[8];
  private Subscriber[] excepted = new Subscriber[8];
  private int count;
  private int bytes;
  private boolean scheduled;

  private Outbox() {}

  /** The outbox of the event loop that asks. */
  static Outbox ofThisLoop() {
    return OF_LOOP.get();
  }

  /**
   * Accepts a publication.
   *
   * @param publication encoded; its references stay the caller's
   * @param except the member that gets no copy, or null
   */
  void add(
      EventLoop loop, LoopMemberList members, OutgoingPublication publication, Subscriber except) {
    int more = publication.plain().readableBytes();
    if (audience != members || bytes + more > MOST_BYTES) {
      flush();
    }
    audience = members;
    if (count == frames.length) {
      frames = Arrays.copyOf(frames, count * 2);
      excepted = Arrays.copyOf(excepted, count * 2);
    }
    frames[count] = publication.retain();
    excepted[count] = except;
    count++;
    bytes += more;
    if (!scheduled) {
      schedule(loop);
    }
  }

  private void schedule(EventLoop loop) {
    try {
      loop.execute(this);
      scheduled = true;
    } catch (RejectedExecutionException stopping) {
      flush();
    }
  }

  @Override
  public void run() {
    scheduled = false;
    flush();
  }

  /** Writes what was accepted so far. */
  void flush() {
    if (audience == null) {
      return;
    }
    // Forgotten first: a failing write may make its member leave, which comes back here.
    LoopMemberList members = audience;
    int accepted = count;
    audience = null;
    count = 0;
    bytes = 0;
    try (JoinedPublication publications = JoinedPublication.join(frames, excepted, accepted)) {
      members.deliver(publications);
    }
    Arrays.fill(frames, 0, accepted, null);
    Arrays.fill(excepted, 0, accepted, null);
  }
}
