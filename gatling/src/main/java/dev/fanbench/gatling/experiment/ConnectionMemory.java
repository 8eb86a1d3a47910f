package dev.fanbench.gatling.experiment;

import dev.fanbench.gatling.target.TargetFailure;
import dev.fanbench.measurement.clock.NanoClock;
import dev.fanbench.measurement.host.SocketMemory;
import dev.fanbench.measurement.host.UsageMeter;
import dev.fanbench.measurement.run.IdleCounter;
import dev.fanbench.measurement.run.Usage;
import dev.fanbench.target.TargetCounter;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Measures the memory of target and kernel before and after the connections of an idle phase are
 * opened, and the time that this takes. {@link #before}, {@link #opened} and {@link #after} follow
 * one another on the thread of the experiment.
 */
final class ConnectionMemory {
  /** Long enough for the CPU of a target that does nothing but a timer each second. */
  private static final long BEFORE_MILLIS = 2_000;

  private static final long AFTER_MILLIS = 100;

  private final StartedTarget started;
  private final NanoClock clock;
  private final Map<String, Double> ofTarget = new LinkedHashMap<>();
  private final Map<String, Double> ofLoad = new LinkedHashMap<>();
  private boolean collected;
  private SocketMemory sockets;
  private long beganNanos;

  private ConnectionMemory(StartedTarget started, NanoClock clock) {
    this.started = started;
    this.clock = clock;
  }

  /** The first edge: a target at rest, without a connection of the load. */
  static ConnectionMemory before(StartedTarget started, NanoClock clock)
      throws TargetFailure, IOException, InterruptedException {
    ConnectionMemory memory = new ConnectionMemory(started, clock);
    memory.collect();
    Usage used =
        memory.observe(BEFORE_MILLIS, IdleCounter.RESIDENT_BEFORE, IdleCounter.HEAP_BEFORE);
    if (used != null) {
      double share = (double) used.steadyCpuNanos() / used.wallNanos();
      IdleCounter.SHARE_BEFORE.put(memory.ofTarget, OptionalDouble.of(share));
    }
    memory.sockets = SocketMemory.read();
    memory.beganNanos = clock.nanoTime();
    return memory;
  }

  /** All connections are open. The next target may open its own now. */
  void opened() {
    IdleCounter.OPENING_NANOS.put(
        ofLoad, OptionalDouble.of((double) (clock.nanoTime() - beganNanos)));
    SocketMemory now = SocketMemory.read();
    IdleCounter.SOCKET_SLAB_BYTES.put(ofLoad, growth(sockets.slabBytes(), now.slabBytes()));
    IdleCounter.SOCKET_BUFFER_BYTES.put(ofLoad, growth(sockets.bufferBytes(), now.bufferBytes()));
  }

  /** The second edge: a target at rest, with all connections. */
  void after() throws TargetFailure, IOException, InterruptedException {
    collect();
    observe(AFTER_MILLIS, IdleCounter.RESIDENT_AFTER, IdleCounter.HEAP_AFTER);
  }

  Map<String, Double> ofTarget() {
    return ofTarget;
  }

  Map<String, Double> ofLoad() {
    return ofLoad;
  }

  private void collect() throws TargetFailure, IOException, InterruptedException {
    collected = started.target().collectGarbage();
    started.meter().awaitQuiet();
  }

  /** The heap is known after a collection only: before, it holds garbage. */
  private Usage observe(long millis, IdleCounter resident, IdleCounter heap)
      throws TargetFailure, IOException, InterruptedException {
    Usage used = started.meter().observe(millis);
    if (used != null) {
      resident.put(ofTarget, counter(used, UsageMeter.RESIDENT_BYTES));
      if (collected) {
        heap.put(ofTarget, counter(used, TargetCounter.HEAP_USED.key()));
      }
    }
    return used;
  }

  private static OptionalDouble counter(Usage used, String key) {
    Double value = used.counters().get(key);
    return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
  }

  private static OptionalDouble growth(OptionalLong before, OptionalLong now) {
    return before.isEmpty() || now.isEmpty()
        ? OptionalDouble.empty()
        : OptionalDouble.of((double) now.getAsLong() - before.getAsLong());
  }
}
