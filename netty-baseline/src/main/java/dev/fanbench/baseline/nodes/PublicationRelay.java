package dev.fanbench.baseline.nodes;

import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.FastThreadLocal;
import java.nio.charset.StandardCharsets;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Publishes to Redis what members of this node have said. A publisher's event loop only queues a
 * text, and wakes the thread of the Redis connection as soon as it has read its ready sockets. That
 * thread encodes and writes all that is queued, and flushes once. Texts that follow one another to
 * one channel are one message.
 *
 * <p>At most a stated number of bytes waits, in the queue and for confirmations together. Beyond,
 * and without a connection, publications to other nodes are dropped and counted. A publication is
 * sent once: one that waits for its confirmation when the connection breaks counts as dropped,
 * though Redis may have passed it on. Thread-safe.
 */
final class PublicationRelay {
  /** The waiting publications of a Redis that stands still. */
  static final int DEFAULT_BYTES = 16 * 1024 * 1024;

  /** A generous allowance for the objects of a publication, its command and its future. */
  private static final int PUBLICATION_BYTES = 512;

  private static final int MOST_IN_A_FLUSH = 256;

  private final long node;
  private final int mostBytes;
  private final RelayCounter counters;
  private final Queue<Waiting> queue = new ConcurrentLinkedQueue<>();
  private final AtomicLong pendingBytes = new AtomicLong();
  private final AtomicBoolean scheduled = new AtomicBoolean();

  /** One for each event loop. */
  private final FastThreadLocal<TurnEnd> turns =
      new FastThreadLocal<>() {
        @Override
        protected TurnEnd initialValue() {
          return new TurnEnd();
        }
      };

  private volatile Route route;

  /** Guarded by this. */
  private long sequence;

  private record Waiting(String channel, String text, long bytes) {}

  private record Route(StatefulRedisConnection<String, byte[]> connection, Executor thread) {}

  /**
   * @param node the number of this node
   * @param mostBytes the bytes that may wait
   */
  PublicationRelay(long node, int mostBytes, RelayCounter counters) {
    this.node = node;
    this.mostBytes = mostBytes;
    this.counters = counters;
  }

  /**
   * Queues a text for the members of other nodes, or drops it. Returns at once.
   *
   * @param loop of the publisher; null if it has none
   */
  void offer(String channel, String text, EventLoop loop) {
    Route now = route;
    long bytes = PUBLICATION_BYTES + 3L * text.length();
    if (now == null || text.length() > NodeEnvelope.MOST_TEXT_BYTES) {
      counters.dropped().increment();
    } else if (pendingBytes.addAndGet(bytes) > mostBytes) {
      drop(1, bytes);
    } else {
      queue.add(new Waiting(channel, text, bytes));
      if (loop != null && loop.inEventLoop()) {
        turns.get().schedule(loop);
      } else {
        schedule(now);
      }
    }
  }

  /** Sends what is queued, after an event loop has read its ready sockets. */
  private void send() {
    Route now = route;
    if (now == null) {
      dropQueue();
    } else {
      schedule(now);
    }
  }

  private void schedule(Route now) {
    if (!scheduled.get() && scheduled.compareAndSet(false, true)) {
      try {
        now.thread().execute(this::drain);
      } catch (RejectedExecutionException stopped) {
        dropQueue();
      }
    }
  }

  /** Publishes over this connection from now on. */
  void connect(StatefulRedisConnection<String, byte[]> connection, Executor thread) {
    connection.setAutoFlushCommands(false);
    route = new Route(connection, thread);
  }

  /** Drops all publications until another connection is there. */
  void disconnect() {
    route = null;
    dropQueue();
  }

  /** On the thread of the connection; locked for the moment in which another takes its place. */
  private synchronized void drain() {
    scheduled.set(false);
    Route now = route;
    if (now == null) {
      dropQueue();
      return;
    }
    RedisAsyncCommands<String, byte[]> redis = now.connection().async();
    EnvelopeBuilder message = null;
    int written = 0;
    for (Waiting next = queue.poll(); next != null; next = queue.poll()) {
      byte[] utf8 = next.text().getBytes(StandardCharsets.UTF_8);
      if (utf8.length > NodeEnvelope.MOST_TEXT_BYTES) {
        drop(1, next.bytes());
        continue;
      }
      if (message != null && !message.takes(next.channel(), utf8)) {
        publish(redis, message);
        message = null;
        written++;
        if (written % MOST_IN_A_FLUSH == 0) {
          now.connection().flushCommands();
        }
      }
      if (message == null) {
        message = new EnvelopeBuilder(next.channel());
      }
      message.add(utf8, next.bytes());
    }
    if (message != null) {
      publish(redis, message);
    }
    now.connection().flushCommands();
  }

  private void publish(RedisAsyncCommands<String, byte[]> redis, EnvelopeBuilder message) {
    int count = message.count();
    long bytes = message.pendingBytes();
    byte[] encoded = message.build(node, sequence + 1).encode();
    sequence += count;
    redis
        .publish(message.channel(), encoded)
        .whenComplete(
            (nodes, failed) -> {
              if (failed == null) {
                counters.published().add(count);
                counters.passedOn().add(count * nodes);
                pendingBytes.addAndGet(-bytes);
              } else {
                drop(count, bytes);
              }
            });
  }

  private void dropQueue() {
    scheduled.set(false);
    for (Waiting next = queue.poll(); next != null; next = queue.poll()) {
      drop(1, next.bytes());
    }
  }

  private void drop(int count, long bytes) {
    counters.dropped().add(count);
    pendingBytes.addAndGet(-bytes);
  }

  /** The end of an event loop's turn, at which what it has queued goes out. */
  private final class TurnEnd implements Runnable {
    private boolean scheduled;

    void schedule(EventLoop loop) {
      if (!scheduled) {
        try {
          loop.execute(this);
          scheduled = true;
        } catch (RejectedExecutionException stopping) {
          send();
        }
      }
    }

    @Override
    public void run() {
      scheduled = false;
      send();
    }
  }

  /** The bytes that wait, with 512 for each publication. */
  long pendingBytes() {
    return pendingBytes.get();
  }
}
