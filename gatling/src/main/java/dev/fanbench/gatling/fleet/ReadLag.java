package dev.fanbench.gatling.fleet;

import dev.fanbench.measurement.clock.NanoClock;
import dev.fanbench.measurement.clock.SystemNanoClock;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The longest that a frame can have waited in the load before it was read: the time since its event
 * loop last found nothing to read. Belongs to its loop.
 *
 * <p>A poll that blocked found nothing when it began, and returned when the first frame came. So
 * frames of its turn came after its return. A poll that returned at once may return frames that
 * came since the poll before. A turn reads so many sockets at most, and so much of each. One that
 * reached such a bound may have left frames unread, which the next turn reads.
 *
 * <p>The kernel may wake the loop and let it wait for a core before the poll returns. That delay
 * counts too.
 *
 * <p>A poll returns when the loop's next timer is due, at the latest. One that returned later was
 * held up, as when the process is stopped or another has its core. So its frames may have come at
 * any time since it began.
 */
final class ReadLag {
  /** A first frame so long after its poll began came while the poll waited. */
  private static final long BLOCKED_NANOS = 10_000;

  /** A loop that has its core to itself is late for a timer by some 50 to 150 µs. */
  private static final long HELD_UP_NANOS = 500_000;

  private final NanoClock clock;
  private final LongSupplier runQueueNanos;

  /** The delay so far, when the poll began. */
  private long queuedBeforeNanos;

  private long pollAtNanos;
  private long latestAtNanos;

  /** Whether this turn's poll began later than the last one should have returned. */
  private boolean heldUp;

  /** Whether the turn before this one may have left frames unread, and whether this one does. */
  private boolean leftBefore;

  private boolean leaves;

  private long returnedAtNanos;
  private long idleAtNanos;
  private boolean read;

  /**
   * @param runQueueNanos time that the loop's thread has waited for a core so far; read on that
   *     thread after a turn that read frames, and after a poll that blocked
   */
  ReadLag(NanoClock clock, LongSupplier runQueueNanos) {
    this.clock = clock;
    this.runQueueNanos = runQueueNanos;
    this.pollAtNanos = clock.nanoTime();
    this.returnedAtNanos = pollAtNanos;
    this.latestAtNanos = pollAtNanos;
    this.idleAtNanos = pollAtNanos;
  }

  /**
   * A turn of the loop begins with a poll.
   *
   * @param timerNanos from now until the loop's next timer is due
   */
  void polls(long timerNanos) {
    leftBefore = leaves;
    leaves = false;
    if (read) {
      queuedBeforeNanos = runQueueNanos.getAsLong();
    }
    if (leftBefore) {
      returnedAtNanos = read ? idleAtNanos : returnedAtNanos;
    } else if (!read) {
      // The last turn read nothing, so nothing had come when its poll returned.
      returnedAtNanos = pollAtNanos;
    }
    read = false;
    pollAtNanos = clock.nanoTime();
    heldUp = pollAtNanos > latestAtNanos;
    latestAtNanos = pollAtNanos + timerNanos + HELD_UP_NANOS;
  }

  /** Bytes are read. To decode them may take long, so a turn's first ones are told before. */
  void reads() {
    if (!read) {
      reads(clock.nanoTime());
    }
  }

  private void reads(long nowNanos) {
    read = true;
    idleAtNanos = idleBefore(nowNanos);
    returnedAtNanos = nowNanos;
  }

  /** This turn reads no more, and may leave frames unread. */
  void leaves() {
    leaves = true;
  }

  /** The read lag of a frame that is read now, in nanoseconds. */
  long nanos(long nowNanos) {
    if (!read) {
      reads(nowNanos);
    }
    return Math.max(0, nowNanos - idleAtNanos);
  }

  /** The last time at which nothing was there to read, before a turn's first frame. */
  private long idleBefore(long nowNanos) {
    // A loop that was held up may be slow to read frames that have been there all the time.
    if (heldUp || leftBefore || nowNanos - pollAtNanos < BLOCKED_NANOS) {
      return returnedAtNanos;
    }
    return nowNanos > latestAtNanos
        ? pollAtNanos
        : nowNanos - Math.min(queuedNanos(), nowNanos - pollAtNanos);
  }

  /**
   * The time that the thread waited for a core since the poll began. Turns without frames do not
   * read it, so that it may hold their waits too: a bound that is too wide, and never too narrow.
   */
  private long queuedNanos() {
    return Math.max(0, runQueueNanos.getAsLong() - queuedBeforeNanos);
  }

  /** Measures the loops of one group. */
  static final class OfLoops implements IoHandlerFactory {
    private final ClientTransport transport;
    private final IoHandlerFactory handlers;
    private final NanoClock clock;
    private final Map<ThreadAwareExecutor, ReadLag> lags = new ConcurrentHashMap<>();

    OfLoops(ClientTransport transport, NanoClock clock) {
      this.transport = transport;
      this.handlers = transport.handlers();
      this.clock = clock;
    }

    @Override
    public IoHandler newHandler(ThreadAwareExecutor loop) {
      RunQueueDelay delay = new RunQueueDelay();
      ReadLag lag = new ReadLag(clock, delay);
      lags.put(loop, lag);
      return new Polling(handlers.newHandler(loop), transport.mostEvents(), lag, delay);
    }

    /** The read lag of an event loop of the group. */
    ReadLag of(Object loop) {
      return lags.get(loop);
    }
  }

  /** Tells when a loop polls, and when a poll returned as many events as it may. */
  private record Polling(IoHandler handler, int mostEvents, ReadLag lag, RunQueueDelay delay)
      implements IoHandler {
    @Override
    public void initialize() {
      handler.initialize();
    }

    @Override
    public int run(IoHandlerContext context) {
      lag.polls(context.delayNanos(SystemNanoClock.INSTANCE.nanoTime()));
      int handled = handler.run(context);
      if (handled >= mostEvents) {
        lag.leaves();
      }
      return handled;
    }

    @Override
    public void prepareToDestroy() {
      handler.prepareToDestroy();
    }

    @Override
    public void destroy() {
      handler.destroy();
      delay.close();
    }

    @Override
    public IoRegistration register(IoHandle handle) throws Exception {
      return handler.register(handle);
    }

    @Override
    public void wakeup() {
      handler.wakeup();
    }

    @Override
    public boolean isCompatible(Class<? extends IoHandle> type) {
      return handler.isCompatible(type);
    }
  }
}
