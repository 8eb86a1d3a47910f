package dev.fanbench.measurement.host;

import java.util.regex.Pattern;

/**
 * The groups that CPU time is told by. A thread belongs to the first one that fits the start of its
 * name, of which the kernel keeps 15 bytes.
 */
enum CpuGroup {
  LOOPS("loops", "loop-"),
  FUNCTIONS("functions", "fn-"),
  SDK("sdk", "lean-http|AwsEventLoop|aws-|sdk-|lettuce-"),
  STORE("store", "store-|qtp|SQLite|redis-server|valkey-server|bio_|io_thd_|jemalloc_bg"),
  /** The serial collector works on the VM thread. */
  GC("gc", "G1 |GC |ZGC|ZDriver|ZWorker|Shenandoah|VM Thread"),
  JIT("jit", "C1 |C2 "),
  OTHER("other", "");

  private final String label;
  private final Pattern start;

  CpuGroup(String label, String start) {
    this.label = label;
    this.start = Pattern.compile(start);
  }

  /** The key in {@code run.json}. */
  String label() {
    return label;
  }

  static CpuGroup of(String comm) {
    for (CpuGroup group : values()) {
      if (group.start.matcher(comm).lookingAt()) {
        return group;
      }
    }
    return OTHER;
  }
}
