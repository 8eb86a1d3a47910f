package dev.fanbench.gatling.fleet;

import dev.fanbench.measurement.clock.NanoClock;
import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoRegistration;
import io.netty.util.concurrent.ThreadAwareExecutor;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The longest that a frame can have waited in the load before it was read: the time since its event
 * loop last found nothing to read. Belongs to its loop.
 *
 * <p>A poll that blocked found nothing when it began, and returned when the first frame came. So
 * frames of its turn came after its return. A poll that returned at once may return frames that
 * came since the poll before.
 */
final class ReadLag {
  /** A first frame so long after its poll began came while the poll waited. */
  private static final long BLOCKED_NANOS = 10_000;

  private final NanoClock clock;
  private long pollAtNanos;
  private long returnedAtNanos;
  private long idleAtNanos;
  private boolean read;

  ReadLag(NanoClock clock) {
    this.clock = clock;
    this.pollAtNanos = clock.nanoTime();
    this.returnedAtNanos = pollAtNanos;
    this.idleAtNanos = pollAtNanos;
  }

  /** A turn of the loop begins with a poll. */
  void polls() {
    if (!read) {
      // The last turn read nothing, so nothing had come when its poll returned.
      returnedAtNanos = pollAtNanos;
    }
    read = false;
    pollAtNanos = clock.nanoTime();
  }

  /** The read lag of a frame that is read now, in nanoseconds. */
  long nanos(long nowNanos) {
    if (!read) {
      read = true;
      idleAtNanos = nowNanos - pollAtNanos >= BLOCKED_NANOS ? nowNanos : returnedAtNanos;
      returnedAtNanos = nowNanos;
    }
    return Math.max(0, nowNanos - idleAtNanos);
  }

  /** Measures the loops of one group. */
  static final class OfLoops implements IoHandlerFactory {
    private final IoHandlerFactory handlers;
    private final NanoClock clock;
    private final Map<ThreadAwareExecutor, ReadLag> lags = new ConcurrentHashMap<>();

    OfLoops(IoHandlerFactory handlers, NanoClock clock) {
      this.handlers = handlers;
      this.clock = clock;
    }

    @Override
    public IoHandler newHandler(ThreadAwareExecutor loop) {
      ReadLag lag = new ReadLag(clock);
      lags.put(loop, lag);
      return new Polling(handlers.newHandler(loop), lag);
    }

    /** The read lag of an event loop of the group. */
    ReadLag of(Object loop) {
      return lags.get(loop);
    }
  }

  /** Tells when a loop polls. */
  private record Polling(IoHandler handler, ReadLag lag) implements IoHandler {
    @Override
    public void initialize() {
      handler.initialize();
    }

    @Override
    public int run(IoHandlerContext context) {
      lag.polls();
      return handler.run(context);
    }

    @Override
    public void prepareToDestroy() {
      handler.prepareToDestroy();
    }

    @Override
    public void destroy() {
      handler.destroy();
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
