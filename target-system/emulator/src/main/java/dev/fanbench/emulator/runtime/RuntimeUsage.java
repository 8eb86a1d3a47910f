package dev.fanbench.emulator.runtime;

import dev.fanbench.target.TargetCounter;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Counts the cold starts of processes and their time. Thread-safe. */
final class RuntimeUsage {
  private static final long NANOS_PER_MILLI = 1_000_000;

  private final LongAdder inits = new LongAdder();
  private final LongAdder initNanos = new LongAdder();
  private final LongAdder firstNanos = new LongAdder();

  /**
   * A process has initialised itself and answered its first request.
   *
   * @param init from its start to its first question for a request
   * @param first from that question's answer to the request's
   */
  void started(long init, long first) {
    inits.increment();
    initNanos.add(init);
    firstNanos.add(first);
  }

  void putCounters(Map<String, Long> counters) {
    counters.put(TargetCounter.LAMBDA_INITS.key(), inits.sum());
    counters.put(TargetCounter.LAMBDA_INIT_TIME.key(), initNanos.sum() / NANOS_PER_MILLI);
    counters.put(TargetCounter.LAMBDA_FIRST_TIME.key(), firstNanos.sum() / NANOS_PER_MILLI);
  }
}
