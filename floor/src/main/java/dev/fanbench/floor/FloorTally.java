package dev.fanbench.floor;

import com.sun.management.ThreadMXBean;
import dev.fanbench.target.JvmUsage;
import dev.fanbench.target.TargetCounter;
import java.lang.management.ManagementFactory;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counters of the floor. Its one thread writes them without locked instructions; any thread reads
 * them.
 */
final class FloorTally {

  private final AtomicLong opened = new AtomicLong();
  private final AtomicLong closed = new AtomicLong();
  private final AtomicLong received = new AtomicLong();
  private final AtomicLong deliveries = new AtomicLong();
  private final AtomicLong writes = new AtomicLong();
  private final AtomicLong partialWrites = new AtomicLong();
  private final AtomicLong slow = new AtomicLong();
  private final JvmUsage process = new JvmUsage();
  private volatile long loopThread = -1;

  void loopThread(Thread thread) {
    loopThread = thread.getId();
  }

  void opened() {
    add(opened, 1);
  }

  void closed() {
    add(closed, 1);
  }

  void received() {
    add(received, 1);
  }

  /** One frame was handed to one subscriber, by one call of write. */
  void delivered() {
    add(deliveries, 1);
    add(writes, 1);
  }

  /** One frame was queued behind others of its subscriber; the write is yet to come. */
  void queued() {
    add(deliveries, 1);
  }

  void queueWritten() {
    add(writes, 1);
  }

  void partialWrite() {
    add(partialWrites, 1);
  }

  void slowDropped() {
    add(slow, 1);
  }

  /** All of them by key, with those of the JVM. */
  Map<String, Long> read() {
    Map<String, Long> counters = new TreeMap<>(process.read());
    counters.put(TargetCounter.CONNECTIONS_OPENED.key(), opened.get());
    counters.put(TargetCounter.CONNECTIONS_OPEN.key(), opened.get() - closed.get());
    counters.put(TargetCounter.FRAMES_RECEIVED.key(), received.get());
    counters.put(TargetCounter.DELIVERIES_SENT.key(), deliveries.get());
    counters.put(TargetCounter.WRITES_CALLS.key(), writes.get());
    counters.put(TargetCounter.WRITES_PARTIAL.key(), partialWrites.get());
    counters.put(TargetCounter.DROPS_SLOW.key(), slow.get());
    counters.put(TargetCounter.LOOP_ALLOCATED.key(), loopAllocatedBytes());
    return counters;
  }

  /** Bytes the loop's thread has allocated since it began. */
  long loopAllocatedBytes() {
    return ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads && loopThread >= 0
        ? threads.getThreadAllocatedBytes(loopThread)
        : 0;
  }

  private static void add(AtomicLong counter, long more) {
    counter.lazySet(counter.getPlain() + more);
  }
}
