package dev.fanbench.target;

import java.lang.management.BufferPoolMXBean;
import java.lang.management.GarbageCollectorMXBean;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryUsage;
import java.util.Map;
import java.util.TreeMap;

/** Memory and garbage collection of this JVM, as every target reports them. Thread-safe. */
public final class JvmUsage {
  /** The figures now, by the keys of {@link TargetCounter}. */
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
    figures.put(TargetCounter.HEAP_USED.key(), heap.getUsed());
    figures.put(TargetCounter.HEAP_COMMITTED.key(), heap.getCommitted());
    figures.put(TargetCounter.DIRECT_USED.key(), directUsedBytes());
    figures.put(TargetCounter.GC_COUNT.key(), collections);
    figures.put(TargetCounter.GC_MILLIS.key(), collectionMillis);
    return figures;
  }

  private static long directUsedBytes() {
    return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
        .filter(pool -> pool.getName().equals("direct"))
        .mapToLong(BufferPoolMXBean::getMemoryUsed)
        .sum();
  }
}
