package dev.fanbench.jmh;

import dev.fanbench.jmh.sockets.LoopCost;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import org.openjdk.jmh.infra.BenchmarkParams;
import org.openjdk.jmh.infra.IterationParams;
import org.openjdk.jmh.profile.InternalProfiler;
import org.openjdk.jmh.results.AggregationPolicy;
import org.openjdk.jmh.results.IterationResult;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.ScalarResult;

/**
 * Reports what a delivery costs the event loop: {@code loop.alloc}, heap bytes, {@code loop.cpu},
 * nanoseconds on a processor, and {@code loop.writes}, writes to sockets. A profiler, because JMH
 * adds auxiliary counters up over iterations where these must be averaged. Of benchmarks without an
 * event loop it says nothing.
 */
public final class LoopCostProfiler implements InternalProfiler {
  /** Of the iteration under way. Static, since JMH makes the profiler and benchmarks feed it. */
  private static final Total TOTAL = new Total();

  /** Adds what some deliveries cost; from any thread. */
  static void add(LoopCost cost, long deliveries) {
    TOTAL.add(cost, deliveries);
  }

  @Override
  public void beforeIteration(BenchmarkParams benchmark, IterationParams iteration) {
    TOTAL.reset();
  }

  @Override
  public Collection<? extends Result<?>> afterIteration(
      BenchmarkParams benchmark, IterationParams iteration, IterationResult result) {
    return TOTAL.perDelivery();
  }

  @Override
  public String getDescription() {
    return "Heap bytes, CPU time and writes of the event loop per delivery";
  }

  /** Costs and the deliveries they stand for. Thread-safe. */
  private static final class Total {
    private long deliveries;
    private long allocatedBytes;
    private long cpuNanos;
    private long writes;

    synchronized void reset() {
      deliveries = 0;
      allocatedBytes = 0;
      cpuNanos = 0;
      writes = 0;
    }

    synchronized void add(LoopCost cost, long more) {
      deliveries += more;
      allocatedBytes += cost.allocatedBytes();
      cpuNanos += cost.cpuNanos();
      writes += cost.writes();
    }

    synchronized List<ScalarResult> perDelivery() {
      if (deliveries == 0) {
        return List.of();
      }
      List<ScalarResult> known = new ArrayList<>();
      known.add(average("loop.alloc", allocatedBytes, "B/delivery"));
      known.add(average("loop.cpu", cpuNanos, "ns/delivery"));
      if (writes > 0) {
        known.add(average("loop.writes", writes, "writes/delivery"));
      }
      return known;
    }

    private ScalarResult average(String label, long total, String unit) {
      return new ScalarResult(label, (double) total / deliveries, unit, AggregationPolicy.AVG);
    }
  }
}
