package dev.fanbench.measurement.floor;

import com.sun.management.ThreadMXBean;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What the floor target has done. Written by its one thread without locked instructions, read by
 * any.
 */
final class FloorCounters {

  private final AtomicLong opened = new AtomicLong();
  private final AtomicLong closed = new AtomicLong();
  private final AtomicLong received = new AtomicLong();
  private final AtomicLong deliveries = new AtomicLong();
  private final AtomicLong writes = new AtomicLong();
  private final AtomicLong partialWrites = new AtomicLong();
  private final AtomicLong slow = new AtomicLong();
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

  /** All of them by name, with the JVM's own. Some are gauges: open connections and bytes used. */
  Map<String, Long> read() {
    Map<String, Long> counters = new LinkedHashMap<>();
    counters.put("connections.opened", opened.get());
    counters.put("connections.open", opened.get() - closed.get());
    counters.put("frames.received", received.get());
    counters.put("deliveries.sent", deliveries.get());
    counters.put("writes.calls", writes.get());
    counters.put("writes.partial", partialWrites.get());
    counters.put("drops.slow", slow.get());
    counters.put("loop.allocated", loopAllocatedBytes());
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    counters.put("heap.usedBytes", heap.getUsed());
    counters.put("heap.committedBytes", heap.getCommitted());
    counters.put(
        "direct.usedBytes",
        ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
            .filter(pool -> pool.getName().equals("direct"))
            .mapToLong(BufferPoolMXBean::getMemoryUsed)
            .sum());
    long collections = 0;
    long millis = 0;
    for (GarbageCollectorMXBean gc : ManagementFactory.getGarbageCollectorMXBeans()) {
      collections += Math.max(0, gc.getCollectionCount());
      millis += Math.max(0, gc.getCollectionTime());
    }
    counters.put("gc.count", collections);
    counters.put("gc.millis", millis);
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
