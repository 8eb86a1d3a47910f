package dev.fanbench.protocol.launch;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.Map;
import java.util.TreeMap;

/** What every target's JVM can say about its own memory and garbage collection. Thread-safe. */
public final class ProcessFigures implements Counters {
  /** Heap that holds objects, dead ones included, in bytes. */
  public static final String HEAP_USED = "heap.usedBytes";

  /** Heap taken from the operating system, in bytes. */
  public static final String HEAP_COMMITTED = "heap.committedBytes";

  /** Memory of direct byte buffers as the JDK counts it, in bytes. */
  public static final String DIRECT_USED = "direct.usedBytes";

  /** Collections so far, of all collectors. */
  public static final String GC_COUNT = "gc.count";

  /** Time spent in collections so far, of all collectors, in milliseconds. */
  public static final String GC_MILLIS = "gc.millis";

  @Override
  public Map<String, Long> read() {
    MemoryUsage heap = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage();
    long collections = 0;
    long collectionMillis = 0;
    for (GarbageCollectorMXBean gc : ManagementFactory.getGarbageCollectorMXBeans()) {
      // A collector without a figure says -1.
      collections += Math.max(0, gc.getCollectionCount());
      collectionMillis += Math.max(0, gc.getCollectionTime());
    }
    Map<String, Long> figures = new TreeMap<>();
    figures.put(HEAP_USED, heap.getUsed());
    figures.put(HEAP_COMMITTED, heap.getCommitted());
    figures.put(DIRECT_USED, directUsedBytes());
    figures.put(GC_COUNT, collections);
    figures.put(GC_MILLIS, collectionMillis);
    return figures;
  }

  private static long directUsedBytes() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }
}
