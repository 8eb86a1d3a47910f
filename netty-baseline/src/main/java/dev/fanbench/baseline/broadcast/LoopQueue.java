package dev.fanbench.baseline.broadcast;

import io.netty.util.concurrent.FastThreadLocal;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counts the bytes of publications that other event loops have queued for one event loop. A
 * publisher that fills the queue is not read from until half of it is delivered. So nothing is
 * lost, and a flood waits in the publisher's own socket.
 *
 * <p>A read of one publisher may exceed the bound by the frames that it holds, at most 64 KB.
 * Thread-safe. Costs two atomic additions per publication and loop.
 */
public final class LoopQueue {
  /** Ten milliseconds of an event loop that writes 400 MB/s. */
  public static final int DEFAULT_BYTES = 4 * 1024 * 1024;

  /** The task of a publication, its two buffers and the entry in the event loop's own queue. */
  private static final int PUBLICATION_BYTES = 256;

  /** The queue that a publication of this thread has filled; null if none. */
  private static final FastThreadLocal<LoopQueue> FILLED = new FastThreadLocal<>();

  private final int mostBytes;
  private final AtomicLong bytes = new AtomicLong();
  private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

  LoopQueue(int mostBytes) {
    this.mostBytes = mostBytes;
  }

  /** The queue that a publication of this thread has filled since the last call, or null. */
  public static LoopQueue takeFilled() {
    LoopQueue filled = FILLED.get();
    if (filled != null) {
      FILLED.set(null);
    }
    return filled;
  }

  /** Counts a publication before it is queued, on its publisher's thread. */
  void add(OutgoingPublication frames) {
    if (bytes.addAndGet(bytesOf(frames)) >= mostBytes) {
      FILLED.set(this);
    }
  }

  /** Discounts a publication that is delivered or rejected. */
  void remove(OutgoingPublication frames) {
    if (bytes.addAndGet(-bytesOf(frames)) <= mostBytes / 2) {
      wake();
    }
  }

  /** The bytes that are queued now. */
  public long bytes() {
    return bytes.get();
  }

  /** Runs {@code action} once, on any thread, as soon as no more than half is queued. */
  public void whenHalfEmpty(Runnable action) {
    waiting.add(action);
    // The last publication may have been delivered just before.
    if (bytes.get() <= mostBytes / 2) {
      wake();
    }
  }

  private void wake() {
    // It is nearly always empty, and poll writes.
    if (!waiting.isEmpty()) {
      for (Runnable next = waiting.poll(); next != null; next = waiting.poll()) {
        next.run();
      }
    }
  }

  private static long bytesOf(OutgoingPublication frames) {
    int deflated = frames.isDeflated() ? frames.deflated().capacity() : 0;
    return (long) frames.plain().capacity() + deflated + PUBLICATION_BYTES;
  }
}
